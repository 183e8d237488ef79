public import Canonical
public import Crypto

/// TLS 1.3 over a byte stream (RFC 8446 §5), without I/O: bytes of the stream in and out, application data in and out.
///
/// After every call take `nextOutput()` until it is nil and write it to the stream. When a call throws, an alert for
/// the peer is among that output, and the stream is to be closed after it.
public struct TLSConnection: Sendable {
    var handshake: Handshake
    var incoming = RecordBuffer()
    var readProtection: RecordProtection?
    var writeProtection: RecordProtection?
    var output: [[UInt8]] = []
    var plaintext: [[UInt8]] = []
    var nextOutputIndex = 0
    var nextPlaintextIndex = 0
    let paddingMultiple: Int

    /// Whether this side's one compatibility ChangeCipherSpec has gone out (RFC 8446 §D.4).
    var hasSentChangeCipherSpec = false
    var hasSentRecord = false
    /// Records in a row that brought the application nothing.
    var emptyRecordsInRow = 0
    var skippedEarlyDataByteCount = 0
    /// 0-RTT data sent or received, in bytes.
    var earlyDataByteCount = 0
    var earlyPlaintext: [[UInt8]] = []
    var nextEarlyPlaintextIndex = 0
    var tickets: [SessionTicket] = []
    var isFailed = false

    /// True once the peer has sent close_notify. A stream that ends without one was cut off.
    public internal(set) var isPeerClosed = false
    /// True once `close()` was called.
    public internal(set) var isClosed = false

    /// Checks the configuration, which must be for a stream: no QUIC transport parameters.
    ///
    /// - Parameter random: must be cryptographically secure outside of tests.
    /// - Throws: `TLSError.misconfigured`.
    public init(
        role: HandshakeRole,
        configuration: TLSConfiguration,
        random: any RandomSource & Sendable
    ) throws(TLSError) {
        guard !configuration.isQUIC else { throw .misconfigured("QUIC transport parameters over a byte stream") }
        guard configuration.recordPaddingMultiple >= 0 else { throw .misconfigured("negative padding") }
        handshake = try Handshake(role: role, configuration: configuration, random: random)
        paddingMultiple = configuration.recordPaddingMultiple
    }

    /// True once application data may be written.
    public var isHandshakeComplete: Bool { handshake.isComplete }
    /// The negotiated suite.
    public var cipherSuite: CipherSuite? { handshake.cipherSuite }
    /// The negotiated key exchange group.
    public var group: NamedGroup? { handshake.group }
    /// The negotiated ALPN protocol.
    public var applicationProtocol: [UInt8]? { handshake.applicationProtocol }
    /// Server: the name the client asked for.
    public var serverName: String? { handshake.serverName }
    /// The peer's verified chain, DER, leaf first.
    public var peerCertificates: [[UInt8]] { handshake.peerCertificates }

    /// Begins: a client queues its ClientHello.
    public mutating func start() throws(TLSError) {
        try attempt { (connection) throws(TLSError) in
            try connection.handshake.start()
            try connection.drainEvents()
        }
    }

    /// Takes bytes of the stream, cut anywhere.
    public mutating func receive(_ bytes: [UInt8]) throws(TLSError) {
        try attempt { (connection) throws(TLSError) in
            connection.incoming.append(bytes)
            try connection.processRecords()
        }
    }

    /// Queues application data.
    ///
    /// - Throws: `.closed` before the handshake is complete and after `close()`.
    public mutating func write(_ bytes: [UInt8]) throws(TLSError) {
        guard isHandshakeComplete, !isClosed else { throw .closed }
        try attempt { (connection) throws(TLSError) in
            try connection.sendRecords(bytes, type: .applicationData)
        }
    }

    /// Replaces own keys, and asks the peer to replace its own when `requestPeer` is true.
    public mutating func updateKeys(requestPeer: Bool) throws(TLSError) {
        guard isHandshakeComplete, !isClosed else { throw .closed }
        try attempt { (connection) throws(TLSError) in
            try connection.handshake.updateKeys(requestPeer: requestPeer)
            try connection.drainEvents()
        }
    }

    /// Queues close_notify; nothing more can be written, but the peer may still send.
    public mutating func close() throws(TLSError) {
        guard !isClosed else { return }
        try attempt { (connection) throws(TLSError) in
            try connection.sendAlert(.closeNotify)
            connection.isClosed = true
        }
    }

    /// The next bytes for the stream, or nil.
    public mutating func nextOutput() -> [UInt8]? {
        guard nextOutputIndex < output.count else {
            output = []
            nextOutputIndex = 0
            return nil
        }
        defer { nextOutputIndex += 1 }
        return output[nextOutputIndex]
    }

    /// The next received application data, in order and never empty, or nil.
    public mutating func nextPlaintext() -> [UInt8]? {
        guard nextPlaintextIndex < plaintext.count else {
            plaintext = []
            nextPlaintextIndex = 0
            return nil
        }
        defer { nextPlaintextIndex += 1 }
        return plaintext[nextPlaintextIndex]
    }

    /// Keying material for a protocol on top (RFC 8446 §7.5); see `Handshake.exportKeyingMaterial`.
    public func exportKeyingMaterial(
        label: String,
        context: [UInt8],
        byteCount: Int
    ) throws(TLSError) -> SymmetricKey {
        try handshake.exportKeyingMaterial(label: label, context: context, byteCount: byteCount)
    }

    /// Runs a step; on an error tells the peer and refuses everything afterwards.
    private mutating func attempt(
        _ step: (inout TLSConnection) throws(TLSError) -> Void
    ) throws(TLSError) {
        guard !isFailed else { throw .closed }
        do throws(TLSError) {
            try step(&self)
        } catch {
            isFailed = true
            if let alert = error.alert { try sendAlert(alert) }
            throw error
        }
    }
}
