/// Sent packets by packet number, in a ring that grows.
struct SentPacketRing {
    private var slots: [SentPacket] = []
    /// The number of the oldest packet remembered.
    private(set) var base: UInt64 = 0
    /// One past the newest.
    private(set) var end: UInt64 = 0

    var count: Int { Int(truncatingIfNeeded: end &- base) }

    /// Access by packet number within `base..<end`.
    subscript(number: UInt64) -> SentPacket {
        get { slots[Int(truncatingIfNeeded: number) & (slots.count - 1)] }
        set { slots[Int(truncatingIfNeeded: number) & (slots.count - 1)] = newValue }
        _modify { yield &slots[Int(truncatingIfNeeded: number) & (slots.count - 1)] }
    }

    /// Adds the packet with the next number.
    mutating func append(_ packet: SentPacket) {
        if count == slots.count { grow() }
        slots[Int(truncatingIfNeeded: end) & (slots.count - 1)] = packet
        end += 1
    }

    private mutating func grow() {
        var grown = [SentPacket](repeating: SentPacket(), count: max(64, slots.count * 2))
        for number in base..<end {
            grown[Int(truncatingIfNeeded: number) & (grown.count - 1)] = self[number]
        }
        slots = grown
    }

    /// Forgets packets at the front that are no longer in flight.
    mutating func trim() {
        while base < end, self[base].state != .inFlight {
            self[base].others = []
            base += 1
        }
    }

    /// Forgets all.
    mutating func removeAll() {
        base = end
        slots = []
    }
}
