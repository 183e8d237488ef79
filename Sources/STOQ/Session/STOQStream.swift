public import QUIC

/// One stream of a session. One task may read while another writes.
public final class STOQStream: Sendable {
    public let id: StreamID
    private let handle: ConnectionHandle
    private let mailbox: LoopMailbox

    init(id: StreamID, handle: ConnectionHandle, mailbox: LoopMailbox) {
        self.id = id
        self.handle = handle
        self.mailbox = mailbox
    }

    /// The next bytes, at most `maximum` of them; nil at the stream's end. Cancelling the task aborts the stream.
    public func read(maximum: Int = 256 << 10) async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { mailbox.post(.read(handle, id, maximum: maximum, $0)) }
        } onCancel: {
            abort(code: SessionCode.cancelled.rawValue)
        }
    }

    /// Sends bytes; returns when QUIC has taken them all, which flow control may delay. `finish` ends this direction.
    /// Cancelling the task aborts the stream.
    public func write(_ bytes: [UInt8], finish: Bool = false) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation {
                mailbox.post(.write(handle, id, bytes, finish: finish, $0))
            }
        } onCancel: {
            abort(code: SessionCode.cancelled.rawValue)
        }
    }

    /// Gives both directions up (RESET_STREAM and STOP_SENDING with `code`).
    public func abort(code: UInt64) {
        mailbox.post(.abort(handle, id, code: code))
    }
}
