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
        var tls = TLSConfiguration()
        tls.applicationProtocols = [STOQEndpoint.applicationProtocol]
        tls.groups = [.x25519MLKEM768]
        tls.signatureSchemes = [.falcon1024]
        tls.signer = configuration.signer
        tls.verifier = configuration.verifier
        tls.clientAuthentication = .required
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

    /// Opens a session with the endpoint at `address`. `serverName` goes into the handshake for the verifier.
    public func connect(to address: SocketAddressKey, serverName: String? = nil) async throws -> Session {
        try await withCheckedThrowingContinuation { continuation in
            mailbox.post(.connect(address, client, serverName: serverName, continuation))
        }
    }

    /// Closes all sessions and the socket; returns when they are gone.
    public func shutDown() async {
        await withCheckedContinuation { mailbox.post(.shutDown($0)) }
    }
}
