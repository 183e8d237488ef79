public import Canonical
public import Crypto

/// One TLS 1.3 handshake and the post-handshake messages after it (RFC 8446 §4): bytes in, events out.
public struct Handshake: Sendable {
    public let role: HandshakeRole

    /// The negotiated suite, once a ServerHello is sent or received.
    public internal(set) var cipherSuite: CipherSuite?
    /// The negotiated key exchange group, likewise.
    public internal(set) var group: NamedGroup?
    /// The negotiated ALPN protocol, if any.
    public internal(set) var applicationProtocol: [UInt8]?
    /// The name the client asked for.
    public internal(set) var serverName: String?
    /// The peer's verified chain, DER, leaf first; empty when it has not shown one.
    public internal(set) var peerCertificates: [[UInt8]] = []

    /// Whether this connection goes on from an earlier one, by a ticket.
    public internal(set) var isResumed = false
    /// Whether 0-RTT data is taken by the server.
    public var isEarlyDataAccepted: Bool { resumption.earlyData == .accepted }
    /// The time, in milliseconds, on a clock that goes on between connections (and, for tickets that live longer than the
    /// process, between processes). Set it before `start()` and `receive`; only tickets depend on it.
    public var currentTimeMilliseconds: UInt64 = 0

    /// Server: what else a ticket is bound to. It is taken where it was issued under the same.
    package var ticketContext: [UInt8] = []

    private(set) var configuration: TLSConfiguration
    var random: any RandomSource & Sendable
    var state = HandshakeState.idle
    var readLevel = EncryptionLevel.initial
    /// Counts the read keys, so that a message before a change is seen to end its run of bytes (RFC 8446 §5.1).
    var readKeyGeneration = 0
    var incoming = MessageBuffer()
    var transcript = Transcript()
    var schedule: KeySchedule?

    /// Client: the last ClientHello sent. Server: the first one received.
    var hello: ClientHello?
    /// Client: the private halves of its shares.
    var keyPairs: [KeyPair] = []
    var retry: RetryRequest?
    var clientSecret: TrafficSecret?
    var serverSecret: TrafficSecret?
    /// Server: the client's application secret, until its Finished has come.
    var pendingClientSecret: TrafficSecret?
    var pendingPeerChain: [[UInt8]] = []
    var peerKey: (any PeerPublicKey)?
    var certificateRequest: CertificateRequest?
    var exporterSecret: SymmetricKey?
    var resumption = ResumptionProgress()
    /// QUIC: the peer's transport parameters.
    var peerParameters: [UInt8]?

    private var events: [HandshakeEvent] = []
    private var nextEventIndex = 0

    /// Checks the configuration; sends nothing yet.
    ///
    /// - Parameter random: must be cryptographically secure outside of tests.
    /// - Throws: `TLSError.misconfigured`.
    public init(
        role: HandshakeRole,
        configuration: TLSConfiguration,
        random: any RandomSource & Sendable
    ) throws(TLSError) {
        try configuration.validate(for: role)
        self.role = role
        self.configuration = configuration
        self.random = random
    }

    /// Client: begins anew, as if nothing had been sent, with other QUIC transport parameters and without a ticket.
    ///
    /// - Throws: `TLSError.misconfigured`.
    package mutating func restart(quicTransportParameters: [UInt8]) throws(TLSError) {
        var configuration = configuration
        configuration.quicTransportParameters = quicTransportParameters
        configuration.session = nil
        let time = currentTimeMilliseconds
        self = try Handshake(role: role, configuration: configuration, random: random)
        currentTimeMilliseconds = time
        try start()
    }

    /// True once both Finished messages are exchanged and checked.
    public var isComplete: Bool { state == .connected }

    /// Begins: a client queues its ClientHello, a server waits for one.
    public mutating func start() throws(TLSError) {
        guard state == .idle else { throw .closed }
        switch role {
        case .client: try startClient()
        case .server: state = .waitClientHello
        }
    }

    /// Takes the peer's handshake bytes of one encryption level, in order and cut anywhere.
    ///
    /// - Throws: the fatal error; nothing is accepted afterwards, but events queued before it can still be taken.
    public mutating func receive(_ bytes: [UInt8], at level: EncryptionLevel) throws(TLSError) {
        guard state != .failed, state != .idle else { throw .closed }
        do throws(TLSError) {
            try process(bytes, at: level)
        } catch {
            state = .failed
            throw error
        }
    }

    /// The next thing to do, or nil.
    public mutating func nextEvent() -> HandshakeEvent? {
        guard nextEventIndex < events.count else {
            events = []
            nextEventIndex = 0
            return nil
        }
        defer { nextEventIndex += 1 }
        return events[nextEventIndex]
    }

    /// Keying material for a protocol on top (RFC 8446 §7.5), `byteCount` in 1...8160 bytes.
    ///
    /// - Parameter label: ASCII, at most 249 bytes.
    /// - Throws: `.closed` before the exporter secret exists: a client's `.completed`, a server's Finished.
    public func exportKeyingMaterial(
        label: String,
        context: [UInt8],
        byteCount: Int
    ) throws(TLSError) -> SymmetricKey {
        guard let exporterSecret, let cipherSuite, state != .failed else { throw .closed }
        guard label.utf8.count <= 249, (1...8160).contains(byteCount) else {
            throw .misconfigured("exporter label or length")
        }
        let hash = cipherSuite.hash
        let derived = hash.expandLabel(
            exporterSecret, label, context: hash.digest([]), byteCount: hash.byteCount)
        return hash.expandLabel(derived, "exporter", context: hash.digest(context), byteCount: byteCount)
    }

    /// Lets go of what only the handshake needs: most of a connection's memory, and secrets.
    mutating func forgetHandshake() {
        hello = nil
        keyPairs = []
        peerKey = nil
        certificateRequest = nil
        resumption.offered = nil
        transcript = Transcript()
        schedule = nil
        configuration.answerTransportParameters = nil
        configuration.session = nil
        if role == .server { peerParameters = nil }
    }

    mutating func emit(_ event: HandshakeEvent) {
        events.append(event)
    }

    /// Adds own messages to the transcript and sends them together.
    mutating func send(_ messages: [HandshakeMessage], at level: EncryptionLevel) {
        messages.forEach { transcript.append($0) }
        emit(.send(messages.flatMap(\.bytes), level))
    }

    private mutating func process(_ bytes: [UInt8], at level: EncryptionLevel) throws(TLSError) {
        guard level == readLevel else {
            throw .unexpectedMessage("handshake bytes at level \(level) while \(state.rawValue)")
        }
        incoming.append(bytes)
        while let message = try nextMessage() {
            let generation = readKeyGeneration
            try handle(message)
            guard generation == readKeyGeneration || incoming.isEmpty else {
                throw .unexpectedMessage("bytes after the last message under a key")
            }
        }
    }

    private mutating func nextMessage() throws(TLSError) -> HandshakeMessage? {
        let accepted = state.acceptedTypes(role: role, isQUIC: configuration.isQUIC)
        return try incoming.next(accepting: accepted, in: state.rawValue)
    }

    private mutating func handle(_ message: HandshakeMessage) throws(TLSError) {
        switch message.type {
        case .clientHello: try receiveClientHello(message)
        case .serverHello: try receiveServerHello(message)
        case .encryptedExtensions: try receiveEncryptedExtensions(message)
        case .certificateRequest: try receiveCertificateRequest(message)
        case .certificate: try receiveCertificate(message)
        case .certificateVerify: try receiveCertificateVerify(message)
        case .finished: try receiveFinished(message)
        case .newSessionTicket: try receiveSessionTicket(message)
        case .keyUpdate: try receiveKeyUpdate(message)
        case .endOfEarlyData: try receiveEndOfEarlyData(message)
        case .messageHash: throw .unexpectedMessage("message_hash")
        }
    }
}
