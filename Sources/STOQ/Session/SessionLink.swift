import QUIC
import Synchronization

/// What a session shares with its streams: the way to the endpoint's thread, and why the session ended.
final class SessionLink: Sendable {
    let handle: ConnectionHandle
    let mailbox: LoopMailbox
    private let ending = Mutex<STOQError?>(nil)

    init(handle: ConnectionHandle, mailbox: LoopMailbox) {
        self.handle = handle
        self.mailbox = mailbox
    }

    /// Why the session ended; nil while it lives.
    var closeReason: STOQError? { ending.withLock { $0 } }

    /// The first reason stays.
    func markClosed(_ error: STOQError) {
        ending.withLock { $0 = $0 ?? error }
    }

    /// The error to show for one that the endpoint's thread gave: a cancelled task hears of its cancellation, and
    /// whoever comes after the end hears why that came.
    func explain(_ error: any Error) -> any Error {
        if Task.isCancelled { return STOQError.cancelled }
        if case STOQError.quic(.connectionClosed) = error { return closeReason ?? error }
        return error
    }
}
