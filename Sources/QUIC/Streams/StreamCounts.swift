/// Numbers of streams of one direction: what was opened, what is allowed, by either end.
struct StreamCounts {
    /// Streams opened here, and how many the peer allows.
    var openedLocally: UInt64 = 0
    var limitByPeer: UInt64 = 0
    /// An application was refused a stream and waits.
    var isOpenerWaiting = false
    /// Streams the peer opened, what it may, and how many of them are over.
    var openedByPeer: UInt64 = 0
    var limitForPeer: UInt64
    var closedOfPeer: UInt64 = 0
    /// The streams of the peer that may be open at a time.
    let concurrency: UInt64
    /// MAX_STREAMS waits to be sent.
    var isLimitQueued = false
    /// STREAMS_BLOCKED waits to be sent.
    var isBlockedQueued = false

    init(concurrency: UInt64) {
        self.concurrency = concurrency
        limitForPeer = concurrency
    }

    /// Notes the end of a stream that the peer opened, and decides whether to tell a new limit.
    mutating func closeOfPeer() {
        closedOfPeer += 1
        if closedOfPeer + concurrency - limitForPeer >= max(1, concurrency / 8) { isLimitQueued = true }
    }

    /// Moves the limit to what may be told now.
    mutating func raiseLimit() {
        limitForPeer = min(max(limitForPeer, closedOfPeer + concurrency), 1 << 60)
    }
}
