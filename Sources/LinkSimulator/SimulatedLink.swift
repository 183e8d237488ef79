import Canonical
import DequeModule
package import QUIC

/// One direction of a link in virtual time: a queue, a rate, a delay, and loss from a seed. Datagrams keep their order.
package final class SimulatedLink {
    /// A datagram on its way.
    struct Flight {
        var time: UInt64
        var slot: Int
        var length: Int
        var ecn: ECNCodepoint
    }

    package var conditions: LinkConditions
    package private(set) var datagramsLost: UInt64 = 0
    package private(set) var datagramsOverflowed: UInt64 = 0
    package private(set) var datagramsMarked: UInt64 = 0
    package private(set) var bytesCarried: UInt64 = 0
    private var random: SplitMix64
    private var busyUntil = 0.0
    private var lastArrival: UInt64 = 0
    private var flights: Deque<Flight> = []
    private var slabs: [UnsafeMutableRawBufferPointer] = []
    private var free: [Int] = []

    private static let slotBytes = 2048
    private static let slotsPerSlab = 512

    init(_ conditions: LinkConditions, seed: UInt64) {
        self.conditions = conditions
        random = SplitMix64(seed: seed)
    }

    deinit {
        for slab in slabs { slab.deallocate() }
    }

    /// When the next datagram arrives.
    var nextArrival: UInt64? { flights.first?.time }

    /// Takes a datagram that may be lost, dropped, marked, and comes later.
    func send(_ bytes: UnsafeRawBufferPointer, ecn: ECNCodepoint, now: UInt64) {
        guard bytes.count <= min(conditions.datagramBytesMax, Self.slotBytes) else { return }
        if conditions.lossPerMillion > 0, random.next() % 1_000_000 < conditions.lossPerMillion {
            datagramsLost += 1
            return
        }
        let bytesPerNanosecond = Double(conditions.bitsPerSecond) / 8e9
        let backlog = max(0, busyUntil - Double(now)) * bytesPerNanosecond
        guard Int(backlog) + bytes.count <= conditions.queueBytes else {
            datagramsOverflowed += 1
            return
        }
        busyUntil = max(busyUntil, Double(now)) + Double(bytes.count) / bytesPerNanosecond
        let jitter = conditions.jitterNanoseconds > 0 ? random.next() % conditions.jitterNanoseconds : 0
        lastArrival = max(lastArrival, UInt64(busyUntil) + conditions.delayNanoseconds + jitter)
        bytesCarried += UInt64(bytes.count)
        let slot = takeSlot()
        memory(slot, bytes.count).copyMemory(from: bytes)
        flights.append(
            Flight(time: lastArrival, slot: slot, length: bytes.count, ecn: mark(ecn, backlog: Int(backlog))))
    }

    private func mark(_ ecn: ECNCodepoint, backlog: Int) -> ECNCodepoint {
        guard let limit = conditions.markingBytes, backlog > limit, ecn == .capable0 else { return ecn }
        datagramsMarked += 1
        return .congestionExperienced
    }

    /// Gives each datagram that has arrived to `body`.
    func deliver(now: UInt64, _ body: (UnsafeMutableRawBufferPointer, ECNCodepoint) -> Void) {
        while let flight = flights.first, flight.time <= now {
            flights.removeFirst()
            body(memory(flight.slot, flight.length), flight.ecn)
            free.append(flight.slot)
        }
    }

    private func memory(_ slot: Int, _ length: Int) -> UnsafeMutableRawBufferPointer {
        let start = slot % Self.slotsPerSlab * Self.slotBytes
        return UnsafeMutableRawBufferPointer(rebasing: slabs[slot / Self.slotsPerSlab][start..<start + length])
    }

    private func takeSlot() -> Int {
        if let slot = free.popLast() { return slot }
        let first = slabs.count * Self.slotsPerSlab
        slabs.append(.allocate(byteCount: Self.slotsPerSlab * Self.slotBytes, alignment: 64))
        free.append(contentsOf: (first + 1..<first + Self.slotsPerSlab).reversed())
        return first
    }
}
