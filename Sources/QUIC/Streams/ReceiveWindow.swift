/// The credit given to a peer: a limit that moves with what was consumed. The window tunes itself to twice the
/// bandwidth-delay product, four times while the rate still grows, and never shrinks.
struct ReceiveWindow {
    /// What the peer was told it may send, an offset.
    private(set) var limit: UInt64
    private var window: UInt64
    private let maximum: UInt64
    private var consumed: UInt64 = 0
    private var measuredFrom: UInt64?
    private var consumedBefore: UInt64 = 0
    /// Bytes a nanosecond, of the last whole measurement.
    private var lastRate = 0.0

    /// The time that hosts take to hand bytes on, added to the round trip, nanoseconds.
    private static let hostLatency: UInt64 = 2_000_000

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

    /// Moves the limit.
    /// - Parameter floor: what the window is at least, bytes, as far as its maximum allows.
    mutating func update(now: UInt64, roundTrip: UInt64, floor: UInt64 = 0) {
        guard shouldUpdate else { return }
        measure(now: now, span: roundTrip &+ Self.hostLatency)
        window = max(window, min(floor, maximum))
        limit = min(max(limit, consumed + window), VariableLengthInteger.maximum)
    }

    private mutating func measure(now: UInt64, span: UInt64) {
        guard let start = measuredFrom else {
            measuredFrom = now
            consumedBefore = consumed
            return
        }
        let elapsed = now &- min(start, now)
        let bytes = Double(consumed - consumedBefore)
        // Less than a round trip is a part of one; more is scaled down to one.
        let product = elapsed > span ? bytes * Double(span) / Double(elapsed) : bytes
        let rate = product / Double(span)
        let factor = rate > 1.25 * lastRate ? 4.0 : 2.0
        window = max(window, UInt64(min(factor * product, Double(maximum))))
        guard elapsed >= span else { return }
        lastRate = rate
        measuredFrom = now
        consumedBefore = consumed
    }
}
