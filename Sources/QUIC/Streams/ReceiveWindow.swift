/// The credit given to a peer: a limit that moves with what was consumed, and grows while the peer is held up by it.
struct ReceiveWindow {
    /// What the peer was told it may send, an offset.
    private(set) var limit: UInt64
    private var window: UInt64
    private let maximum: UInt64
    private var consumed: UInt64 = 0
    private var lastUpdate: UInt64 = 0

    init(window: UInt64, maximum: UInt64) {
        limit = window
        self.window = window
        self.maximum = maximum
    }

    /// Notes bytes that the application took, or that will never come.
    /// - Returns: whether the peer should be told a new limit.
    mutating func consume(_ count: UInt64) -> Bool {
        consumed += count
        return shouldUpdate
    }

    private var shouldUpdate: Bool { limit < consumed + window / 2 }

    /// Moves the limit; it doubles the window when half of it went by in less than two round trips.
    mutating func update(now: UInt64, roundTrip: UInt64) {
        guard shouldUpdate else { return }
        if lastUpdate != 0, now &- lastUpdate < 2 * roundTrip {
            window = min(window * 2, maximum)
        }
        lastUpdate = now
        limit = min(max(limit, consumed + window), VariableLengthInteger.maximum)
    }
}
