/// What a peer may cost with frames that change nothing (RFC 9000 section 21.9): a burst, and so many each second.
struct IdleFrameBudget {
    private var left = Limits.idleFramesBurst
    private var lastRefill: UInt64?

    /// Takes frames off the budget.
    /// - Returns: false when the peer has used it up.
    mutating func spend(_ count: UInt64, now: UInt64) -> Bool {
        let second: UInt64 = 1_000_000_000
        let elapsed = now &- min(lastRefill ?? now, now)
        // Longer than a whole burst takes need not be counted, and cannot overflow then.
        let earned = min(elapsed, 60 * second) * Limits.idleFramesPerSecond / second
        if earned > 0 || lastRefill == nil { lastRefill = now }
        left = min(Limits.idleFramesBurst, left + earned)
        guard count <= left else { return false }
        left -= count
        return true
    }
}
