public import QUIC
import Synchronization

/// Application error codes of sessions and streams.
enum SessionCode: UInt64 {
    case done = 0
    case cancelled = 1
    case overloaded = 2
    case protocolViolation = 3
    case tooLarge = 4
}

/// A connection between two certified peers.
public final class Session: Sendable {
    /// Where the peer was when the session began.
    public let remoteAddress: SocketAddressKey
    /// The peer's certificates in DER, its own first; the verifier has accepted them.
    public let peerCertificates: [[UInt8]]
    /// Whether this end opened the session.
    public let isInitiator: Bool
    /// Streams that the peer opened.
    public let incomingStreams: AsyncStream<STOQStream>

    private let handle: ConnectionHandle
    private let mailbox: LoopMailbox
    private let streams: AsyncStream<STOQStream>.Continuation
    private let ending = Mutex<STOQError?>(nil)

    init(
        handle: ConnectionHandle,
        remoteAddress: SocketAddressKey,
        peerCertificates: [[UInt8]],
        isInitiator: Bool,
        mailbox: LoopMailbox
    ) {
        self.handle = handle
        self.remoteAddress = remoteAddress
        self.peerCertificates = peerCertificates
        self.isInitiator = isInitiator
        self.mailbox = mailbox
        (incomingStreams, streams) = AsyncStream.makeStream(
            bufferingPolicy: .bufferingOldest(STOQLimits.streamBacklogMax))
    }

    /// Why the session ended; nil while it lives.
    public var closeReason: STOQError? { ending.withLock { $0 } }

    /// Opens a stream. Waits while the peer's limit leaves none. A higher priority is sent first.
    public func openStream(_ direction: StreamDirection = .bidirectional, priority: Int = 0) async throws -> STOQStream {
        let id: StreamID = try await withCheckedThrowingContinuation {
            mailbox.post(.openStream(handle, direction, priority: priority, $0))
        }
        return STOQStream(id: id, handle: handle, mailbox: mailbox)
    }

    /// Ends the session at once.
    public func close(code: UInt64 = 0, reason: String = "") {
        mailbox.post(.close(handle, code: code, reason: reason))
    }

    /// Counters and measured state of the connection.
    public func statistics() async throws -> ConnectionStatistics {
        try await withCheckedThrowingContinuation { mailbox.post(.statistics(handle, $0)) }
    }

    func deliver(_ id: StreamID) {
        let stream = STOQStream(id: id, handle: handle, mailbox: mailbox)
        if case .dropped = streams.yield(stream) { stream.abort(code: SessionCode.overloaded.rawValue) }
    }

    func markClosed(_ error: STOQError) {
        ending.withLock { $0 = $0 ?? error }
        streams.finish()
    }
}
