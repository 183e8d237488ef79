import Logging
import QUIC
import STOQ
import Synchronization

/// The way to one other validator: keeps a session open and sends what is queued, votes before gossip. When the session
/// breaks, it connects again with growing pauses; what was queued meanwhile is kept up to a bound, newest first.
final class PeerLink: Sendable {
    private let address: SocketAddressKey
    private let endpoint: STOQEndpoint
    private let logger: Logger
    private let votes = OutgoingQueue(limit: 1024)
    private let gossip = OutgoingQueue(limit: 8192)
    private let connectedState = Mutex(false)
    private let onConnect: @Sendable () async -> Void

    init(
        address: SocketAddressKey,
        endpoint: STOQEndpoint,
        logger: Logger,
        onConnect: @escaping @Sendable () async -> Void
    ) {
        self.address = address
        self.endpoint = endpoint
        self.logger = logger
        self.onConnect = onConnect
    }

    var isConnected: Bool { connectedState.withLock { $0 } }

    func send(_ message: [UInt8]) { votes.push(message) }
    func pass(_ envelope: [UInt8]) { gossip.push(envelope) }

    /// Runs until the task is cancelled.
    func run() async {
        var pause = Duration.milliseconds(50)
        while !Task.isCancelled {
            var connectedAt: ContinuousClock.Instant?
            do {
                let session = try await endpoint.connect(to: address)
                connectedAt = .now
                connectedState.withLock { $0 = true }
                await onConnect()
                try await serve(session)
            } catch {
                logger.debug("link down", metadata: ["peer": "\(address.text)", "reason": "\(error)"])
            }
            connectedState.withLock { $0 = false }
            // A peer that refuses our certificate does so after we are connected (RFC 8446 §4.4): only a session that
            // lasted makes the next attempt soon, otherwise both sides would do nothing but shake hands.
            if let connectedAt, connectedAt.duration(to: .now) > .seconds(2) { pause = .milliseconds(50) }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .seconds(2))
        }
    }

    private func serve(_ session: Session) async throws {
        defer { session.close() }
        let voteChannel = try await session.openChannel(NodeService.consensus, priority: 10)
        let gossipChannel = try await session.openChannel(NodeService.gossip)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.forward(self.votes, to: voteChannel) }
            group.addTask { try await self.forward(self.gossip, to: gossipChannel) }
            group.addTask {
                // Nothing comes in on a session that we opened; its end is what this waits for.
                for await _ in session.incomingStreams {}
                throw session.closeReason ?? STOQError.endpointClosed
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func forward(_ queue: OutgoingQueue, to channel: ServiceChannel) async throws {
        while true {
            let messages = await queue.next()
            guard !messages.isEmpty else { return }
            try await channel.send(messages)
        }
    }
}
