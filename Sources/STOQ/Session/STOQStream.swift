public import QUIC
import Synchronization

/// One stream of a session. One task may read while others write. A stream that is let go of before both directions
/// have ended is aborted.
public final class STOQStream: Sendable {
    private struct Ends {
        var isReadOver: Bool
        var isWriteOver: Bool
        /// Read ahead, not yet asked for.
        var first: StreamChunk?
    }

    /// The stream's number in its session.
    public let id: StreamID
    private let link: SessionLink
    private let ends: Mutex<Ends>

    /// - Parameters:
    ///   - isOpenedHere: whether this end opened the stream, which decides who writes on a one-way one.
    ///   - isFinished: whether it was ended with its opening.
    ///   - first: what came with its opening.
    init(id: StreamID, link: SessionLink, isOpenedHere: Bool, isFinished: Bool = false, first: StreamChunk? = nil) {
        self.id = id
        self.link = link
        let isOneWay = id.direction == .unidirectional
        ends = Mutex(
            Ends(
                isReadOver: (isOneWay && isOpenedHere) || first?.isLast == true,
                isWriteOver: (isOneWay && !isOpenedHere) || isFinished, first: first))
    }

    deinit {
        let ends = ends.withLock { $0 }
        // Nobody waits for a stream that has ended to be forgotten: the thread sees to it when it is awake anyway.
        link.mailbox.post(
            .release(link.handle, id, resets: !ends.isWriteOver), quietly: ends.isReadOver && ends.isWriteOver)
    }

    /// The next bytes, at most `maximum` of them; nil at the stream's end. Only one task may read at a time. Cancelling
    /// the task aborts the stream.
    public func read(maximum: Int = 256 << 10) async throws -> [UInt8]? {
        if let bytes = takeFirst(maximum: Swift.max(1, maximum)) { return bytes }
        guard !ends.withLock({ $0.isReadOver }) else { return nil }
        do {
            let chunk = try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation {
                    link.mailbox.post(.read(link.handle, id, maximum: Swift.max(1, maximum), $0))
                }
            } onCancel: {
                abort(code: SessionCode.cancelled.rawValue)
            }
            if chunk.isLast { ends.withLock { $0.isReadOver = true } }
            return chunk.bytes.isEmpty ? nil : chunk.bytes
        } catch {
            throw link.explain(error)
        }
    }

    /// The next bytes like ``read(maximum:)``, in `bytes`. What was there before is given back to the endpoint to be filled
    /// again, so that a reader who keeps nothing needs no new memory.
    /// - Returns: false, and no bytes, at the stream's end.
    public func read(into bytes: inout [UInt8], maximum: Int = 256 << 10) async throws -> Bool {
        var spare: [UInt8] = []
        swap(&spare, &bytes)
        if !spare.isEmpty { link.mailbox.giveBack(spare) }
        guard let more = try await read(maximum: maximum) else { return false }
        bytes = more
        return true
    }

    /// Bytes that were read ahead; nil when none are left.
    private func takeFirst(maximum: Int) -> [UInt8]? {
        ends.withLock { ends in
            guard let first = ends.first, !first.bytes.isEmpty else { return nil }
            guard first.bytes.count > maximum else {
                ends.first = nil
                return first.bytes
            }
            ends.first?.bytes.removeFirst(maximum)
            return Array(first.bytes[..<maximum])
        }
    }

    /// Sends bytes; returns when QUIC has taken them all, which flow control may delay. `finish` ends this direction.
    /// Cancelling the task aborts the stream.
    public func write(_ bytes: [UInt8], finish: Bool = false) async throws {
        do {
            try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation {
                    link.mailbox.post(.write(link.handle, id, bytes, finish: finish, $0))
                }
            } onCancel: {
                abort(code: SessionCode.cancelled.rawValue)
            }
        } catch {
            throw link.explain(error)
        }
        if finish { ends.withLock { $0.isWriteOver = true } }
    }

    /// Gives both directions up (RESET_STREAM and STOP_SENDING with `code`).
    public func abort(code: UInt64) {
        link.mailbox.post(.abort(link.handle, id, code: code))
    }

    /// Calls `action` when the peer gives the stream up before it has ended. Replaces an earlier action.
    func onAbort(_ action: @escaping @Sendable () -> Void) {
        link.mailbox.post(.watch(link.handle, id, action), quietly: true)
    }
}
