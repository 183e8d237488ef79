import Canonical
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

/// A connection between two certified peers. It lives until one of them closes it or falls silent.
public final class Session: Sendable {
    /// Where the peer was when the session began.
    public let remoteAddress: SocketAddressKey
    /// The peer's certificates in DER, its own first; the verifier has accepted them.
    public let peerCertificates: [[UInt8]]
    /// Whether this end opened the session.
    public let isInitiator: Bool
    /// Whether it goes on from an earlier session: the certificates are that one's, verified again.
    public let isResumed: Bool
    /// What the peer says of the extensions that both ends offer, by name.
    public let extensions: [String: [UInt8]]
    /// Streams that the peer opened. It ends with the session.
    public let incomingStreams: AsyncStream<STOQStream>

    /// Datagrams of the peer, as they come. It ends with the session.
    public let datagrams: AsyncStream<[UInt8]>

    /// Runs tasks on the thread that serves the session, so that what they ask of it and its answers need no other thread
    /// to be woken: most of the time that a small request takes. While such a task runs, nothing else of the
    /// endpoint's thread does, so it must not compute for long nor block.
    ///
    /// ```swift
    /// try await withTaskExecutorPreference(session.executor) { try await session.call("echo", body) }
    /// ```
    /// Tasks that are left when the endpoint is over go on elsewhere.
    public let executor: any TaskExecutor

    /// The peer's id once somebody asked for it: reading it from the certificate costs much.
    let knownPeer = Mutex<NodeID?>(nil)

    let link: SessionLink
    private let streams: AsyncStream<STOQStream>.Continuation
    private let datagramSink: AsyncStream<[UInt8]>.Continuation

    init(
        handle: ConnectionHandle,
        remoteAddress: SocketAddressKey,
        peerCertificates: [[UInt8]],
        isInitiator: Bool,
        isResumed: Bool,
        extensions: [String: [UInt8]],
        mailbox: LoopMailbox,
        executor: any TaskExecutor
    ) {
        self.executor = executor
        link = SessionLink(handle: handle, mailbox: mailbox)
        self.remoteAddress = remoteAddress
        self.peerCertificates = peerCertificates
        self.isInitiator = isInitiator
        self.isResumed = isResumed
        self.extensions = extensions
        (incomingStreams, streams) = AsyncStream.makeStream(
            bufferingPolicy: .bufferingOldest(STOQLimits.streamBacklogMax))
        (datagrams, datagramSink) = AsyncStream.makeStream(
            bufferingPolicy: .bufferingNewest(STOQLimits.datagramBacklogMax))
    }

    /// The session's executor where the current task runs on it: for tasks that it starts.
    var currentExecutor: (any TaskExecutor)? {
        withUnsafeCurrentTask { $0?.unownedTaskExecutor } == executor.asUnownedTaskExecutor() ? executor : nil
    }

    /// Why the session ended; nil while it lives.
    public var closeReason: STOQError? { link.closeReason }

    /// Opens a stream. Waits while the peer's limit leaves none. A higher priority is sent first.
    public func openStream(_ direction: StreamDirection = .bidirectional, priority: Int = 0) async throws -> STOQStream
    {
        try await openStream(direction, priority: priority, first: nil)
    }

    /// Opens a stream that begins with some bytes, which spares a way to the endpoint's thread.
    func openStream(
        _ direction: StreamDirection = .bidirectional, priority: Int = 0, first: FirstBytes?
    ) async throws -> STOQStream {
        let ticket = RequestTicket()
        do {
            return try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation {
                    link.mailbox.post(.openStream(link, direction, priority: priority, first, ticket, $0))
                }
            } onCancel: {
                ticket.cancel()
                link.mailbox.post(.cancelOpening(link.handle, ticket))
            }
        } catch {
            throw link.explain(error)
        }
    }

    /// Ends the session at once.
    public func close(code: UInt64 = 0, reason: String = "") {
        link.mailbox.post(.close(link.handle, code: code, reason: reason))
    }

    /// Opens an exchange of an extension with the peer.
    /// - Throws: `extensionNotOffered` when the peer does not offer it, before anything is sent.
    public func open(extension name: String, _ body: [UInt8]) async throws -> any MessageChannel {
        guard extensions[name] != nil else { throw STOQError.extensionNotOffered(name) }
        return try await exchange(name, body)
    }

    /// Sends a frame of an extension that both ends offer: at most 1024 bytes, reliably, in any order, perhaps twice.
    public func sendFrame(type: UInt64, _ payload: [UInt8]) async throws {
        do {
            try await withCheckedThrowingContinuation {
                link.mailbox.post(.sendFrame(link.handle, type: type, payload, $0))
            }
        } catch {
            throw link.explain(error)
        }
    }

    /// The connection IDs that the peer sends to now.
    public func connectionIDs() async throws -> [ConnectionID] {
        do {
            return try await withCheckedThrowingContinuation { link.mailbox.post(.connectionIDs(link.handle, $0)) }
        } catch {
            throw link.explain(error)
        }
    }

    /// Counters and measured state of the connection.
    public func statistics() async throws -> ConnectionStatistics {
        do {
            return try await withCheckedThrowingContinuation { link.mailbox.post(.statistics(link.handle, $0)) }
        } catch {
            throw link.explain(error)
        }
    }

    /// The streams that the endpoint's thread still knows to be held by somebody here.
    func heldStreams() async throws -> Int {
        try await withCheckedThrowingContinuation { link.mailbox.post(.heldStreams(link.handle, $0)) }
    }

    /// - Parameter first: what came with the stream's opening.
    func deliver(_ id: StreamID, _ first: StreamChunk?) {
        let stream = STOQStream(id: id, link: link, isOpenedHere: false, first: first)
        if case .dropped = streams.yield(stream) { stream.abort(code: SessionCode.overloaded.rawValue) }
    }

    func deliver(datagram: [UInt8]) {
        datagramSink.yield(datagram)
    }

    func markClosed(_ error: STOQError) {
        link.markClosed(error)
        streams.finish()
        datagramSink.finish()
    }
}
