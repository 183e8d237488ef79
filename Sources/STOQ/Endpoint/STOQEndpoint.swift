import Canonical
import Glibc
public import Logging
public import QUIC
import STOQKernel
import Synchronization
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
    /// Sockets on the same port, each with a thread, that share the sessions: 1 to `STOQLimits.workersMax`. Connection IDs
    /// begin with the worker's number XORed with a secret of the endpoint.
    public var workers = 1
    /// How long the endpoint's threads look for more after something came before they sleep, nanoseconds: waking a thread
    /// costs more time than most answers take. They let other threads of the processor go first meanwhile. Zero saves
    /// the processor time.
    public var busyPollNanoseconds: UInt64 = 50_000
    /// Whether the kernel is asked to give each datagram to the worker that its connection ID names. Where it does not,
    /// for want of rights or parts, the workers hand datagrams on to one another, as they do without this.
    public var steersInKernel = false
    /// Whether sessions go on from earlier ones with the same peer where both ends can: no certificate and no signature
    /// crosses the network then. Both ends verify the certificates of the earlier session again.
    public var resumesSessions = true
    /// 32 secret bytes from which follow the keys of address tokens and stateless resets. An endpoint that has the
    /// same ones after a restart takes the tokens that it gave, and tells peers at once that their sessions are gone. Nil
    /// draws them.
    public var secret: [UInt8]?
    /// Limits and timers of each connection.
    public var transport = TransportConfiguration()
    /// Extensions offered to peers.
    public var extensions: [STOQExtension] = []
    public var logger: Logger
    /// Where each connection's qlog goes; nil keeps none. The environment variable `QLOGDIR` sets it at first.
    public var qlogDirectory: String? = Self.environmentQlogDirectory

    private static var environmentQlogDirectory: String? {
        getenv("QLOGDIR").flatMap { $0.pointee == 0 ? nil : String(cString: $0) }
    }

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
    private let workers: WorkerGroup
    private let nextWorker = Atomic(0)
    /// The sockets of the workers in their order, for steering by connection ID in the kernel.
    package let workerDescriptors: [Int32]
    private let client: ClientConfiguration
    /// What is kept of sessions to resume them; nil resumes none.
    let store: SessionStore?
    /// Datagrams of padding in a first flight with a ticket, which no chain answers.
    private let resumedPadding: Int

    /// What a worker's number is XORed with to give the first byte of its connection IDs.
    package var workerSecret: UInt8 { workers.secret }

    /// Binds the sockets and starts the endpoint's threads.
    public init(_ configuration: STOQConfiguration) throws(STOQError) {
        guard (1...STOQLimits.workersMax).contains(configuration.workers) else {
            throw .quic(.invalidConfiguration("1 to \(STOQLimits.workersMax) workers"))
        }
        var random = SystemRandomSource()
        let secrets = try Self.secrets(configuration.secret ?? random.bytes(32))
        let client = Self.client(configuration)
        var shared = try Self.shared(configuration, client, secrets, ticketSecret: random.bytes(32))
        let store = configuration.resumesSessions ? SessionStore() : nil
        self.store = store
        resumedPadding = configuration.transport.firstFlightPaddingDatagrams
        var mailboxes: [LoopMailbox] = []
        for _ in 0..<configuration.workers { mailboxes.append(try LoopMailbox()) }
        let group = WorkerGroup(mailboxes: mailboxes, secret: random.bytes(1)[0])
        workers = group
        let (sessions, continuation) = AsyncStream.makeStream(
            of: Session.self, bufferingPolicy: .bufferingOldest(STOQLimits.sessionBacklogMax))
        self.client = client
        self.sessions = sessions
        // Sockets and connections belong to the threads; only the address comes back out of them.
        var address = configuration.address
        var loops: [EndpointLoop] = []
        var descriptors: [Int32] = []
        for (number, mailbox) in mailboxes.enumerated() {
            let socket = try UDPSocket(binding: address, sharesPort: configuration.workers > 1)
            address = socket.address
            descriptors.append(socket.descriptor)
            shared.connectionIDPrefix = group.prefix(of: number)
            shared.statelessResetKey = secrets.statelessResetKey(at: address)
            let endpoint = try Self.makeEndpoint(shared)
            loops.append(
                EndpointLoop(
                    socket: socket, mailbox: mailbox, workers: group, endpoint: endpoint,
                    busyPollNanoseconds: configuration.busyPollNanoseconds, sessions: continuation,
                    extensions: ExtensionTable(configuration.extensions), store: store, logger: configuration.logger,
                    qlogDirectory: configuration.qlogDirectory))
        }
        localAddress = address
        workerDescriptors = descriptors
        if configuration.steersInKernel, descriptors.count > 1 { steer(configuration.logger) }
        for loop in loops { try LoopThread.start(loop) }
    }

    private static func client(_ configuration: STOQConfiguration) -> ClientConfiguration {
        var client = ClientConfiguration(
            tls: MeshTLS.configuration(signer: configuration.signer, verifier: configuration.verifier))
        client.tls.acceptsTickets = configuration.resumesSessions
        client.transport = configuration.transport
        client.transport.extensions += configuration.extensions.map(\.offer)
        client.transport.firstFlightPaddingDatagrams = max(
            configuration.transport.firstFlightPaddingDatagrams,
            MeshTLS.firstFlightPadding(chain: configuration.signer.certificateChain))
        if configuration.qlogDirectory != nil { client.transport.recordsQlog = true }
        return client
    }

    private static func shared(
        _ configuration: STOQConfiguration, _ client: ClientConfiguration, _ secrets: EndpointSecrets,
        ticketSecret: [UInt8]
    ) throws(STOQError) -> EndpointConfiguration {
        var server = ServerConfiguration(tls: client.tls)
        server.transport = client.transport
        if configuration.resumesSessions { server.tls.resumption = try resumption(ticketSecret) }
        var shared = EndpointConfiguration(server: configuration.acceptsSessions ? server : nil)
        shared.tokenKey = secrets.tokenKey
        shared.unixTimeOffsetNanoseconds = MonotonicClock.unixOffset
        return shared
    }

    private func steer(_ logger: Logger) {
        do throws(KernelError) {
            // The group of sockets keeps the program; nothing here has to.
            _ = try ReuseportSteering(sockets: workerDescriptors, secret: workerSecret)
        } catch {
            logger.notice("datagrams are steered in user space", metadata: ["reason": "\(error)"])
        }
    }

    private static func secrets(_ secret: [UInt8]) throws(STOQError) -> EndpointSecrets {
        guard secret.count == 32 else { throw .quic(.invalidConfiguration("an endpoint's secret has 32 bytes")) }
        return EndpointSecrets(secret)
    }

    /// Tickets without 0-RTT data: what services are asked for must not be repeated by whoever repeats a packet. Their key
    /// dies with the process, as the clients' chains do: who steals an identity's key can make no ticket of a client's.
    private static func resumption(_ secret: [UInt8]) throws(STOQError) -> ServerResumption {
        do throws(TLSError) {
            return try ServerResumption(
                secret: secret, lifetimeSeconds: STOQLimits.ticketLifetimeSeconds, earlyDataByteCountMax: 0)
        } catch {
            throw .quic(.invalidConfiguration("resumption: \(error)"))
        }
    }

    private static func makeEndpoint(_ configuration: EndpointConfiguration) throws(STOQError) -> Endpoint {
        do throws(QUICError) {
            return try Endpoint(configuration: configuration, random: SystemRandomSource())
        } catch {
            throw .quic(error)
        }
    }

    /// Opens a session with the endpoint at `address`; returns once that end has admitted this one. `serverName` goes
    /// into the handshake for the verifier.
    /// - Throws: `STOQError.sessionClosed` with the reason when either end refuses the other; `.cancelled`.
    public func connect(to address: SocketAddressKey, serverName: String? = nil) async throws -> Session {
        var configuration = client
        if let known = store?.take(of: SessionStore.Peer(address: address, serverName: serverName)) {
            configuration.tls.session = known.ticket
            configuration.token = known.token ?? []
            if known.ticket != nil { configuration.transport.firstFlightPaddingDatagrams = resumedPadding }
        }
        return try await connect(to: address, serverName: serverName, with: configuration)
    }

    func connect(
        to address: SocketAddressKey, serverName: String?, with client: ClientConfiguration
    ) async throws -> Session {
        let ticket = RequestTicket()
        let turn = nextWorker.wrappingAdd(1, ordering: .relaxed).oldValue
        let mailbox = workers.mailboxes[Int(UInt(bitPattern: turn) % UInt(workers.mailboxes.count))]
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
        await withDiscardingTaskGroup { group in
            for mailbox in workers.mailboxes {
                group.addTask { await withCheckedContinuation { mailbox.post(.shutDown($0)) } }
            }
        }
    }
}
