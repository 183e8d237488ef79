/// The credit given to a peer: a limit that moves with what was consumed. The window tunes itself to what is consumed in
/// a round trip: four times that, eight times while it grows, and what waits behind a loss besides. It never shrinks.
///
/// A peer that looks for the path's rate doubles what it has in flight each round trip. Its credit then has to cover what
/// it sends until the next limit reaches it, a round trip after the consumption from which that follows: a window that
/// falls short of that looks to the peer like the end of the path.
struct ReceiveWindow {
    /// What the peer was told it may send, an offset.
    private(set) var limit: UInt64
    /// How far the limit runs ahead of what was consumed, bytes.
    private(set) var window: UInt64
    private let maximum: UInt64
    private var consumed: UInt64 = 0
    private var measuredFrom: UInt64?
    private var consumedBefore: UInt64 = 0
    /// Bytes a nanosecond, of the last whole measurement.
    private var lastRate = 0.0

    /// The time that hosts take to hand bytes on, added to the round trip, nanoseconds.
    private static let hostLatency: UInt64 = 2_000_000
    private static let steadyFactor = 4.0
    private static let growingFactor = 8.0

    init(window: UInt64, maximum: UInt64) {
        limit = window
        self.window = window
        self.maximum = maximum
    }

    /// Notes bytes that the application took, or that will never come.
    /// - Returns: whether the peer should be told a new limit.
    mutating func consume(_ count: UInt64) -> Bool {
        consumed += count
        return isUpdateDue
    }

    /// An eighth of the window is used up. What is left lasts until the new limit has come to a peer that is speeding up.
    private var isUpdateDue: Bool { limit < consumed + window / 8 * 7 }

    /// Moves the limit.
    /// - Parameters:
    ///   - floor: what the window is at least, bytes, as far as its maximum allows.
    ///   - waiting: bytes that came behind a gap and that nobody can consume yet.
    mutating func update(now: UInt64, roundTrip: UInt64, floor: UInt64 = 0, waiting: UInt64 = 0) {
        guard isUpdateDue else { return }
        measure(now: now, span: roundTrip &+ Self.hostLatency, waiting: waiting)
        widen(to: floor)
        limit = min(max(limit, consumed + window), VariableLengthInteger.maximum)
    }

    /// Makes the window at least so large, bytes, as far as its maximum allows.
    /// - Returns: whether the peer should be told a new limit.
    @discardableResult
    mutating func widen(to size: UInt64) -> Bool {
        window = max(window, min(size, maximum))
        return isUpdateDue
    }

    private mutating func measure(now: UInt64, span: UInt64, waiting: UInt64) {
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
        let factor = rate > 1.25 * lastRate ? Self.growingFactor : Self.steadyFactor
        widen(to: UInt64(min(factor * product + Double(waiting), Double(maximum))))
        guard elapsed >= span else { return }
        lastRate = rate
        measuredFrom = now
        consumedBefore = consumed
    }
}
