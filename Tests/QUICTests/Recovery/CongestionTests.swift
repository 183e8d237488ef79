import Testing

@testable import QUIC

/// The controllers alone, fed with acknowledgements of a round trip at a time.
@Suite struct CongestionTests {
    static let segment = 1200

    /// One round trip in which the whole window was in use and arrived.
    static func round(
        _ controller: inout CongestionController, at now: UInt64, roundTrip: UInt64 = 50_000_000,
        delivered: inout UInt64
    ) {
        let bytes = controller.window
        var sample = AcknowledgementSample(now: now, segment: segment, inFlight: bytes)
        sample.acknowledged = bytes
        sample.growable = controller.isBeforeReduction(now - roundTrip) ? 0 : bytes
        sample.hasNewest = true
        sample.newestSentTime = now - roundTrip
        sample.priorDelivered = delivered
        delivered += UInt64(bytes)
        sample.totalDelivered = delivered
        sample.smoothed = roundTrip
        sample.minimum = roundTrip
        sample.delivered = bytes
        sample.transmitInFlight = bytes
        sample.rate = Double(bytes) * 1e9 / Double(roundTrip)
        controller.acknowledged(sample)
    }

    func controller(_ algorithm: CongestionAlgorithm) -> CongestionController {
        CongestionController(
            algorithm, window: 10 * Self.segment, segment: Self.segment, roundTrip: 100_000_000, now: 1_000_000_000,
            seed: 1)
    }

    func reduce(_ controller: inout CongestionController, at now: UInt64) -> Bool {
        controller.congestion(
            sentAt: now - 50_000_000, isMark: false, segment: Self.segment, roundTrip: 50_000_000, now: now)
    }

    @Test(arguments: [CongestionAlgorithm.newReno, .cubic])
    func `doubles the window each round trip of slow start`(algorithm: CongestionAlgorithm) {
        var controller = controller(algorithm)
        var delivered: UInt64 = 0
        for round in 1...5 {
            Self.round(&controller, at: UInt64(round) * 50_000_000 + 1_000_000_000, delivered: &delivered)
        }
        #expect(controller.window == 320 * Self.segment)
        #expect(controller.phase == .slowStart)
    }

    @Test(arguments: [(CongestionAlgorithm.newReno, 160), (.cubic, 224)])
    func `reduces the window once a round trip`(algorithm: CongestionAlgorithm, packets: Int) {
        var controller = controller(algorithm)
        var delivered: UInt64 = 0
        for round in 1...5 {
            Self.round(&controller, at: UInt64(round) * 50_000_000 + 1_000_000_000, delivered: &delivered)
        }
        let isReduced = reduce(&controller, at: 1_300_000_000)
        #expect(isReduced)
        #expect(controller.window == packets * Self.segment)
        #expect(controller.phase == .recovery)
        let isReducedAgain = reduce(&controller, at: 1_340_000_000)
        #expect(!isReducedAgain)
        #expect(controller.window == packets * Self.segment)
    }

    @Test(arguments: [CongestionAlgorithm.newReno, .cubic])
    func `takes a mistaken reduction back`(algorithm: CongestionAlgorithm) {
        var controller = controller(algorithm)
        var delivered: UInt64 = 0
        for round in 1...5 {
            Self.round(&controller, at: UInt64(round) * 50_000_000 + 1_000_000_000, delivered: &delivered)
        }
        let before = controller.window
        _ = reduce(&controller, at: 1_300_000_000)
        #expect(controller.window < before)
        controller.restore(roundTrip: 50_000_000)
        #expect(controller.window == before)
        #expect(controller.phase == .slowStart)
    }

    @Test(arguments: [CongestionAlgorithm.newReno, .cubic])
    func `falls to two packets when congestion persists`(algorithm: CongestionAlgorithm) {
        var controller = controller(algorithm)
        controller.persistentCongestion(segment: Self.segment, inFlight: 0, roundTrip: 50_000_000)
        #expect(controller.window == 2 * Self.segment)
    }

    /// RFC 9438 section 4.2: after a reduction from W the window is back at W after K = cbrt(W * 0.3 / 0.4) seconds.
    @Test func `CUBIC returns to its last maximum when the RFC's curve does`() {
        var controller = controller(.cubic)
        var delivered: UInt64 = 0
        var now: UInt64 = 1_000_000_000
        while controller.window < 2500 * Self.segment {
            now += 50_000_000
            Self.round(&controller, at: now, delivered: &delivered)
        }
        let maximum = Double(controller.window)
        now += 50_000_000
        _ = reduce(&controller, at: now)
        #expect(Double(controller.window) < 0.71 * maximum)
        let start = now
        while Double(controller.window) < 0.995 * maximum {
            now += 50_000_000
            Self.round(&controller, at: now, delivered: &delivered)
            #expect(now < start + 60_000_000_000)
        }
        let packets = maximum / Double(Self.segment)
        var plateau = 1.0
        while plateau * plateau * plateau < packets * 0.3 / 0.4 { plateau += 0.001 }
        // At 0.995 of the maximum the cubic curve is cbrt(0.005 W / 0.4) seconds from its plateau.
        var distance = 0.0
        while distance * distance * distance < 0.005 * packets / 0.4 { distance += 0.001 }
        let seconds = Double(now - start) / 1e9
        #expect(abs(seconds - (plateau - distance)) < 0.25, "\(seconds) s where \(plateau - distance) s are due")
    }

    @Test func `HyStart++ slows growth when delay rises, and ends slow start after five rounds`() {
        var hystart = HyStart()
        var delivered: UInt64 = 1000
        /// One round trip of eight samples.
        func isOver(roundTrip: UInt64) -> Bool {
            let start = delivered
            delivered += 1000
            var isOver = false
            for index in 0..<8 {
                var sample = AcknowledgementSample(now: 1_000_000_000, segment: Self.segment, inFlight: 0)
                sample.hasNewest = true
                sample.newestSentTime = sample.now - roundTrip
                sample.priorDelivered = start + UInt64(index)
                sample.totalDelivered = delivered
                isOver = hystart.acknowledged(sample) || isOver
            }
            return isOver
        }
        for _ in 0..<3 {
            let isEarly = isOver(roundTrip: 40_000_000)
            #expect(!isEarly && !hystart.isConservative)
        }
        // A rise by less than an eighth is none; by more it is.
        let isSmall = isOver(roundTrip: 43_000_000)
        #expect(!isSmall && !hystart.isConservative)
        var rounds = 0
        var isDone = false
        while !isDone, rounds < 20 {
            isDone = isOver(roundTrip: 60_000_000)
            #expect(isDone || hystart.isConservative)
            rounds += 1
        }
        #expect(rounds == 6)
        // Delay that falls again shows that the rise meant nothing.
        var relieved = HyStart()
        swap(&hystart, &relieved)
        for roundTrip: UInt64 in [40_000_000, 40_000_000, 60_000_000, 41_000_000] { _ = isOver(roundTrip: roundTrip) }
        #expect(!hystart.isConservative)
    }

    @Test func `BBR leaves startup once the rate stops growing, and paces at it`() {
        var controller = controller(.bbr)
        var delivered: UInt64 = 0
        var now: UInt64 = 1_000_000_000
        let rate = 12_500_000.0
        for _ in 0..<20 {
            now += 50_000_000
            let bytes = min(controller.window, Int(rate * 0.05))
            var sample = AcknowledgementSample(now: now, segment: Self.segment, inFlight: controller.window)
            sample.acknowledged = bytes
            sample.hasNewest = true
            sample.newestSentTime = now - 50_000_000
            sample.priorDelivered = delivered
            delivered += UInt64(bytes)
            sample.totalDelivered = delivered
            sample.delivered = bytes
            sample.inFlight = bytes / 2
            sample.transmitInFlight = bytes
            sample.rate = Double(bytes) / 0.05
            sample.smoothed = 50_000_000
            controller.acknowledged(sample)
        }
        #expect(controller.phase != .startup && controller.phase != .drain)
        #expect(abs(controller.pacingRate - rate) < 0.3 * rate)
        #expect(controller.window >= Int(rate * 0.05) && controller.window < Int(rate * 0.05 * 3.5))
    }
}
