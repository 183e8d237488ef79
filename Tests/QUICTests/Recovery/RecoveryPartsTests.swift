import Canonical
import Testing

@testable import QUIC

@Suite struct RecoveryPartsTests {
    /// draft-ietf-quic-ack-frequency section 6.2.1, tables 1 and 2.
    struct Example {
        var threshold: UInt64
        var packets: [UInt64]
        var told: [UInt64]
    }

    @Test(arguments: [
        Example(threshold: 3, packets: [0, 1, 3, 4, 5, 8, 9, 10], told: [5, 9, 10]),
        Example(threshold: 5, packets: [0, 1, 3, 5, 6, 7, 8, 9], told: [7, 9]),
    ])
    func `tells of gaps as the draft's examples do`(example: Example) {
        var policy = AcknowledgementPolicy(packets: 2, delay: 25_000_000)
        policy.update(
            AcknowledgementFrequencyFrame(
                sequence: 0, threshold: 1000, delayMicroseconds: 25_000, reordering: example.threshold))
        var received = RangeSet()
        var urgent: [UInt64] = []
        var largest: UInt64?
        for number in example.packets {
            received.insert(number..<number + 1)
            let isOutOfOrder = largest.map { number != $0 + 1 } ?? false
            largest = number
            guard policy.isUrgent(number, isOutOfOrder: isOutOfOrder, received: received) else { continue }
            urgent.append(number)
            policy.acknowledged(largest: number)
        }
        #expect(urgent == example.told)
    }

    @Test func `ignores an older request for acknowledgements`() {
        var policy = AcknowledgementPolicy(packets: 2, delay: 25_000_000)
        policy.update(AcknowledgementFrequencyFrame(sequence: 5, threshold: 9, delayMicroseconds: 2000, reordering: 3))
        policy.update(AcknowledgementFrequencyFrame(sequence: 4, threshold: 1, delayMicroseconds: 9000, reordering: 1))
        #expect(policy.packets == 10)
        #expect(policy.delay == 2_000_000)
    }

    @Test func `tells the first mark of a run at once`() {
        var policy = AcknowledgementPolicy(packets: 2, delay: 25_000_000)
        policy.update(AcknowledgementFrequencyFrame(sequence: 0, threshold: 9, delayMicroseconds: 2000, reordering: 3))
        let marks: [ECNCodepoint] = [.congestionExperienced, .congestionExperienced, .capable0, .congestionExperienced]
        var urgent: [Bool] = []
        for mark in marks { urgent.append(policy.isUrgent(mark)) }
        #expect(urgent == [true, false, false, true])
    }

    @Test func `keeps the longer delay in force until a request is answered`() {
        var requests = AcknowledgementRequests()
        var sample = AcknowledgementSample(now: 1_000_000_000, segment: 1200, inFlight: 0)
        sample.smoothed = 20_000_000
        requests.consider(window: 1_200_000, sample: sample, packetsMax: 48, reordering: 3, peerMinimum: 1000)
        #expect(requests.isQueued)
        #expect(requests.current?.threshold == 47)
        #expect(requests.current?.delayMicroseconds == 5000)
        #expect(requests.peerDelay(declared: 25_000_000) == 25_000_000)
        requests.isQueued = false
        requests.acknowledged(0)
        #expect(requests.peerDelay(declared: 25_000_000) == 5_000_000)
    }

    @Test func `paces in batches of a millisecond, and makes up for late timers within bounds`() {
        var pacer = Pacer()
        pacer.set(bytesPerSecond: 62_500_000, segment: 1350, burstMax: 1 << 17)
        var now: UInt64 = 1_000_000_000
        func burst() -> Int {
            var sent = 0
            while pacer.allows(now: now) {
                pacer.consume(1350)
                sent += 1350
            }
            return sent
        }
        let first = burst()
        #expect(first <= (1 << 17) + 1350)
        var total = 0
        var wakes = 0
        let start = now
        while now < start + 100_000_000 {
            guard let next = pacer.nextSendTime else { break }
            #expect(next > now)
            now = next
            total += burst()
            wakes += 1
        }
        #expect(abs(total - 6_250_000) < 100_000, "\(total) bytes in 0.1 s at 500 Mbit/s")
        #expect(total / wakes > 20 * 1350, "batches stay whole")
        now += 1_000_000_000
        let afterSilence = burst()
        #expect(afterSilence <= (1 << 17) + 1350)
    }

    @Test func `measures delivery by the slower of sending and acknowledging`() {
        var delivery = DeliveryRate()
        var packets: [SentPacket] = []
        for index in 0..<20 {
            var packet = SentPacket()
            packet.time = 1_000_000_000 + UInt64(index) * 100_000
            packet.size = 1000
            packet.delivery = delivery.mark(size: 1000, inFlight: index * 1000, now: packet.time)
            packets.append(packet)
        }
        // Acknowledged at one a millisecond: 1 MB/s, though they were sent at ten.
        var rates: [Double] = []
        for (index, packet) in packets.enumerated() {
            let now = 1_020_000_000 + UInt64(index) * 1_000_000
            var sample = AcknowledgementSample(now: now, segment: 1000, inFlight: 0)
            delivery.acknowledge(packet, now: now, &sample)
            delivery.complete(&sample, minimum: 1_000_000)
            rates.append(sample.rate)
        }
        #expect(rates.allSatisfy { $0 > 0 && $0 <= 1_000_000 })
        delivery.noteApplicationLimited(inFlight: 0)
        let mark = delivery.mark(size: 1000, inFlight: 0, now: 2_000_000_000)
        #expect(mark.isApplicationLimited)
    }

    @Test func `notices that every lost packet had only come late`() {
        var lost = LostPackets()
        for number: UInt64 in [3, 7, 8, 20] { lost.insert(number) }
        lost.startEpisode(first: 7)
        let none = lost.acknowledge(0...5)
        #expect(none == nil)
        let late = lost.acknowledge(6...10)
        #expect(late?.count == 2 && late?.lowest == 7)
        let isTooEarly = lost.takeReversal()
        #expect(!isTooEarly)
        let last = lost.acknowledge(20...20)
        #expect(last?.count == 1)
        let isReversed = lost.takeReversal()
        let isReversedTwice = lost.takeReversal()
        #expect(isReversed && !isReversedTwice)
    }

    @Test func `a window grows to what a few round trips take, and no more`() {
        var window = ReceiveWindow(window: 100_000, maximum: 40_000_000)
        var now: UInt64 = 1_000_000_000
        var last: UInt64 = 100_000
        // 10 MB/s at 50 ms: half a megabyte a round trip.
        for _ in 0..<400 {
            now += 5_000_000
            if window.consume(50_000) { window.update(now: now, roundTrip: 50_000_000) }
            #expect(window.limit >= last)
            last = window.limit
        }
        let credit = window.limit - 400 * 50_000
        #expect(credit >= 1_500_000 && credit <= 8 * 520_000, "\(credit)")
        #expect(window.window <= 8 * 520_000, "\(window.window)")
    }

    /// A peer that doubles what it has in flight each round trip of 100 ms, as slow start does, from 12 kB on. With losses
    /// in every round trip bytes can be read only when these were repaired, a good round trip late.
    @Test(arguments: [false, true])
    func `a window runs ahead of a peer that doubles its rate`(waitsBehindLosses: Bool) {
        var window = ReceiveWindow(window: 1 << 20, maximum: 1 << 31)
        // By the millisecond; half a round trip each way.
        var sent: [UInt64] = [0]
        var received: [UInt64] = [0]
        var limits = [window.limit]
        var consumed: UInt64 = 0
        func value(_ list: [UInt64], _ index: Int) -> UInt64 { index < 0 ? list[0] : list[index] }
        while let last = sent.last, last < 400_000_000, sent.count < 4000 {
            let now = sent.count
            received.append(value(sent, now - 50))
            let acknowledged = value(received, now - 50)
            let congestionWindow = max(12_000, 2 * (acknowledged - value(received, now - 150)))
            sent.append(max(last, min(acknowledged + congestionWindow, value(limits, now - 51))))
            let readable = waitsBehindLosses ? value(received, now - 110) : received[now]
            if window.consume(readable - consumed) {
                window.update(
                    now: UInt64(now) * 1_000_000, roundTrip: 100_000_000, waiting: received[now] - readable)
            }
            consumed = readable
            limits.append(window.limit)
        }
        // 15 round trips without any limit.
        #expect(sent.count <= (waitsBehindLosses ? 1600 : 1520), "\(sent.count) ms")
    }

    @Test func `a slow reader leaves its window as it is, and a maximum holds`() {
        var slow = ReceiveWindow(window: 100_000, maximum: 1_000_000)
        var fast = slow
        var now: UInt64 = 1_000_000_000
        for _ in 0..<200 {
            now += 10_000_000
            if slow.consume(1000) { slow.update(now: now, roundTrip: 20_000_000) }
            if fast.consume(1_000_000) { fast.update(now: now, roundTrip: 20_000_000, waiting: 1 << 40) }
        }
        #expect(slow.window == 100_000)
        #expect(fast.window == 1_000_000)
        let isDue = slow.widen(to: 1 << 40)
        #expect(isDue && slow.window == 1_000_000)
    }

    @Test func `a longer round trip never makes windows or buffers smaller`() {
        for tier in PathTier.allCases {
            let settings = TierSettings(tier)
            var last = 0
            for milliseconds in [0, 1, 5, 20, 50, 100, 300] {
                let product = Int(tier.bitsPerSecond / 8) * milliseconds / 1000
                let buffer = settings.sendBuffer(window: 2 * product, least: 4 << 20, most: 1 << 30)
                #expect(buffer >= last)
                last = buffer
            }
        }
    }

    @Test func `finds the MTU, falls back from a black hole, and looks again`() {
        var search = MTUSearch(confirmed: 1200, maximum: 9000)
        func settle(_ path: Int, at now: UInt64) {
            while let size = search.nextProbe(now: now) {
                search.sent(size)
                if size <= path { search.acknowledged() } else { search.lost() }
            }
        }
        settle(1452, at: 0)
        #expect((1437...1452).contains(search.confirmed))
        var isBlackHole = [search.largePacketsLost()]
        search.packetArrived(size: 1400)
        for _ in 0..<3 { isBlackHole.append(search.largePacketsLost()) }
        #expect(isBlackHole == [false, false, false, true])
        search.blackHole(base: 1200)
        #expect(search.confirmed == 1200)
        settle(1300, at: 1)
        #expect((1285...1300).contains(search.confirmed))
        let tooEarly = search.nextProbe(now: 2)
        #expect(tooEarly == nil)
        let later = search.nextProbe(now: Limits.mtuRaiseNanoseconds + 10)
        #expect(later == 9000)
    }
}
