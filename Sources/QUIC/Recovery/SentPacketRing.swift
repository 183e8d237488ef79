/// Sent packets by packet number, in a ring that grows. Its memory is its own, so that looking at one field of a packet
/// neither copies the packet nor counts references.
struct SentPacketRing: ~Copyable {
    /// A ring of more slots shrinks when it was emptied this often and never half full meanwhile.
    private static let keptSlotsMax = 256
    private static let patience = 64

    private var slots = UnsafeMutableBufferPointer<SentPacket>(start: nil, count: 0)
    /// The number of the oldest packet remembered.
    private(set) var base: UInt64 = 0
    /// One past the newest.
    private(set) var end: UInt64 = 0

    /// How often it was emptied since it was half full.
    private var emptied = 0

    init() {}

    deinit {
        slots.deinitialize()
        slots.deallocate()
    }

    /// The packets that it has room for without growing.
    var capacity: Int { slots.count }

    var count: Int { Int(truncatingIfNeeded: end &- base) }

    @inline(__always)
    private func place(_ number: UInt64) -> Int { Int(truncatingIfNeeded: number) & (slots.count &- 1) }

    /// Access by packet number within `base..<end`.
    subscript(number: UInt64) -> SentPacket {
        _read { yield slots[place(number)] }
        _modify { yield &slots[place(number)] }
    }

    /// The packet with a number within `base..<end`, good until a packet is added.
    func pointer(to number: UInt64) -> UnsafeMutablePointer<SentPacket>? {
        slots.baseAddress.map { $0 + place(number) }
    }

    /// Adds the packet with the next number.
    mutating func append(_ packet: SentPacket) {
        if count == slots.count { grow() }
        if count == slots.count / 2 { emptied = 0 }
        slots[place(end)] = packet
        end += 1
    }

    private mutating func grow() {
        let grown = UnsafeMutableBufferPointer<SentPacket>.allocate(capacity: max(4, slots.count * 2))
        grown.initialize(repeating: SentPacket())
        for number in base..<end {
            grown[Int(truncatingIfNeeded: number) & (grown.count - 1)] = self[number]
        }
        slots.deinitialize()
        slots.deallocate()
        slots = grown
    }

    /// Forgets packets at the front that are no longer in flight.
    mutating func trim() {
        while base < end, slots[place(base)].state != .inFlight {
            if !slots[place(base)].others.isEmpty { slots[place(base)].others = [] }
            base += 1
        }
        if base == end, slots.count > Self.keptSlotsMax { noteEmpty() }
    }

    /// A connection that has gone quiet gives back what a window of packets took.
    private mutating func noteEmpty() {
        emptied += 1
        if emptied > Self.patience { removeAll() }
    }

    /// Forgets all, memory too.
    mutating func removeAll() {
        base = end
        slots.deinitialize()
        slots.deallocate()
        slots = UnsafeMutableBufferPointer(start: nil, count: 0)
    }
}
