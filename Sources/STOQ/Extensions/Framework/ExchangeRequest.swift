import Canonical
import Synchronization

/// What a peer asks of an extension or exchange service.
public final class ExchangeRequest: Sendable {
    /// The name that was asked for.
    public let name: String
    /// The request itself.
    public let body: [UInt8]
    /// Who asks.
    public let peer: ChannelPeer
    /// The session that the request came over; nil for one that came through relays.
    package let session: Session?
    private let channel: any MessageChannel
    private let accepted = Mutex(false)

    init(name: String, body: [UInt8], peer: ChannelPeer, session: Session?, channel: any MessageChannel) {
        self.name = name
        self.body = body
        self.peer = peer
        self.session = session
        self.channel = channel
    }

    /// Tells the peer that it is served; its messages follow on the channel.
    public func accept() async throws -> any MessageChannel {
        accepted.withLock { $0 = true }
        try await channel.send(ServiceReply.value([]).canonicalBytes)
        return channel
    }

    var isAccepted: Bool { accepted.withLock { $0 } }
}
