import Canonical

/// Deadlines of the current view (rule 1).
struct ViewTimers: Sendable {
    let enteredAt: Timestamp
    /// A leader that has operations, with blocks before them not final yet, gathers until then.
    var gather = Timestamp.distantFuture
    /// A leader without operations proposes at this time at the latest.
    var propose = Timestamp.distantFuture
    /// Without a proposal by then, a validator that holds operations wakes the leader.
    var wake = Timestamp.distantFuture
    /// Without a proposal by then, the view is nullified.
    var leader = Timestamp.distantFuture
    /// Without a notarization by then, the view is nullified.
    var advance = Timestamp.distantFuture
    /// While stuck, what others may lack is sent again.
    var retry = Timestamp.distantFuture

    /// - Parameter wait: how long a leader may wait for operations.
    init(enteredAt now: Timestamp, delta: UInt64, wait: UInt64) {
        enteredAt = now
        limitLeader(to: now.advanced(byNanoseconds: wait).advanced(byNanoseconds: 2 * delta), delta: delta)
    }

    /// Moves the leader's deadline to `time` when that is earlier, and the later ones with it.
    mutating func limitLeader(to time: Timestamp, delta: UInt64) {
        guard time < leader else { return }
        leader = time
        advance = time.advanced(byNanoseconds: delta)
        retry = advance.advanced(byNanoseconds: delta)
    }

    /// A proposal is here: it has 3Δ to be notarized.
    mutating func limitAdvance(from now: Timestamp, delta: UInt64) {
        advance = min(advance, now.advanced(byNanoseconds: 3 * delta))
        retry = min(retry, advance.advanced(byNanoseconds: delta))
    }
}
