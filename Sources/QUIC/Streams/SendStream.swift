/// The sending half of a stream (RFC 9000 section 3.1).
struct SendStream {
    /// What the application's end of the stream came to.
    enum Ending {
        case none
        /// FIN or RESET_STREAM waits to be sent, is in flight, or was acknowledged.
        case queued, inFlight, acknowledged
    }

    var buffer = SendBuffer()
    /// The peer's limit, an offset.
    var limit: UInt64
    var finish = Ending.none
    var reset = Ending.none
    var resetCode: UInt64 = 0
    /// What STOP_SENDING said.
    var stopCode: UInt64?
    /// A write was cut short and the application waits for room.
    var isWriterWaiting = false
    /// STREAM_DATA_BLOCKED was sent for this limit.
    var blockedReportedAt: UInt64?
    var priority = 0
    /// Whether the stream stands in the queue of those with data to send.
    var isQueued = false
    /// Whether it stands among those that wait for the connection's limit.
    var isWaitingForLimit = false
    var deliveryReported = false

    init(limit: UInt64) {
        self.limit = limit
    }

    /// Whether no more bytes are taken.
    var isFinished: Bool { finish != .none || reset != .none }

    /// Whether the peer has everything, or has accepted the reset.
    var isDone: Bool {
        reset == .acknowledged || (finish == .acknowledged && buffer.isDelivered)
    }

    /// Whether a STREAM frame can be sent, given unlimited connection credit.
    var hasWork: Bool {
        guard reset == .none else { return false }
        return buffer.hasLost || (buffer.hasUnsent && buffer.nextOffset < limit)
            || (finish == .queued && !buffer.hasUnsent)
    }

    /// Whether bytes wait only for the peer to move the stream's limit.
    var isBlockedByPeer: Bool { reset == .none && buffer.hasUnsent && buffer.nextOffset >= limit }
}
