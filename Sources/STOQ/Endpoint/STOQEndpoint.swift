import Canonical
import Glibc
public import Logging
public import QUIC
public import TLS

/// What a STOQ endpoint needs to know.
public struct STOQConfiguration: Sendable {
    /// Where to listen; port 0 lets the system choose.
    public var address: SocketAddressKey
    /// Own certificate and key.
    public var signer: any CertificateSigner
    /// Judge of peers' certificates.
    public var verifier: any CertificateVerifier
    /// Whether other endpoints may connect.
    public var acceptsSessions = true
    /// Limits and timers of each connection.
    public var transport = TransportConfiguration()
    public var logger: Logger

    public init(
        address: SocketAddressKey,
        signer: any CertificateSigner,
        verifier: any CertificateVerifier,
        logger: Logger
    ) {
        self.address = address
        self.signer = signer
        self.verifier = verifier
        self.logger = logger
    }
}

/// A UDP socket of the mesh with the sessions over it. Both ends of every session show a certificate, and a peer that
/// the verifier refuses gets no application byte through.
///
/// ```swift
/// let endpoint = try STOQEndpoint(configuration)
/// let session = try await endpoint.connect(to: SocketAddressKey(parsing: "[::1]:4500"))
/// let stream = try await session.openStream()
/// try await stream.write(Array("hello".utf8), finish: true)
/// while let bytes = try await stream.read() { print(bytes.count) }
/// ```
public final class STOQEndpoint: Sendable {
    /// ALPN of STOQ sessions.
    public static let applicationProtocol = Array("stoq/1".utf8)

    /// Where the endpoint listens.
    public let localAddress: SocketAddressKey
    /// Sessions that peers opened.
    public let sessions: AsyncStream<Session>
    private let mailbox: LoopMailbox
    private let client: ClientConfiguration

    /// Binds the socket and starts the endpoint's thread.
    public init(_ configuration: STOQConfiguration) throws(STOQError) {
        let mailbox = try LoopMailbox()
        let tls = MeshTLS.configuration(signer: configuration.signer, verifier: configuration.verifier)
        var client = ClientConfiguration(tls: tls)
        client.transport = configuration.transport
        var server = ServerConfiguration(tls: tls)
        server.transport = configuration.transport
        let endpointConfiguration = EndpointConfiguration(server: configuration.acceptsSessions ? server : nil)
        // Sockets and connections belong to the thread; only the address comes back out of it.
        let socket = try UDPSocket(binding: configuration.address)
        let endpoint: Endpoint
        do throws(QUICError) {
            endpoint = try Endpoint(configuration: endpointConfiguration, random: SystemRandomSource())
        } catch {
            throw .quic(error)
        }
        let (sessions, continuation) = AsyncStream.makeStream(
            of: Session.self, bufferingPolicy: .bufferingOldest(STOQLimits.sessionBacklogMax))
        self.mailbox = mailbox
        self.client = client
        self.sessions = sessions
        localAddress = socket.address
        let loop = EndpointLoop(
            socket: socket, mailbox: mailbox, endpoint: endpoint, sessions: continuation, logger: configuration.logger)
        try LoopThread.start(loop)
    }

    /// Opens a session with the endpoint at `address`; returns once that end has admitted this one. `serverName` goes
    /// into the handshake for the verifier.
    /// - Throws: `STOQError.sessionClosed` with the reason when either end refuses the other; `.cancelled`.
    public func connect(to address: SocketAddressKey, serverName: String? = nil) async throws -> Session {
        try await connect(to: address, serverName: serverName, with: client)
    }

    func connect(
        to address: SocketAddressKey, serverName: String?, with client: ClientConfiguration
    ) async throws -> Session {
        let ticket = RequestTicket()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                mailbox.post(.connect(address, client, serverName: serverName, ticket, continuation))
            }
        } onCancel: {
            ticket.cancel()
            mailbox.post(.cancelConnecting(ticket))
        }
    }

    /// Tells all peers, closes all sessions and the socket; returns when they are gone, after 0.2 s at the latest. An
    /// endpoint lives until it is shut down, even when nobody holds it.
    public func shutDown() async {
        await withCheckedContinuation { mailbox.post(.shutDown($0)) }
    }
}
