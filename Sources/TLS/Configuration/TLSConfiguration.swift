/// What an endpoint offers, accepts and shows in a handshake.
public struct TLSConfiguration: Sendable {
    /// Cipher suites, preferred first; a server picks by its own order.
    public var cipherSuites: [CipherSuite] = [.aes256GCMSHA384, .aes128GCMSHA256, .chacha20Poly1305SHA256]

    /// Key exchange groups, preferred first, each in `NamedGroup.supported`.
    public var groups: [NamedGroup] = [.x25519MLKEM768, .x25519]

    /// Groups for which a client sends a share at once, a subset of `groups`; nil means the first of `groups`, and an
    /// empty list asks the server for a HelloRetryRequest.
    public var keyShareGroups: [NamedGroup]?

    /// Schemes accepted in the peer's CertificateVerify, preferred first.
    public var signatureSchemes: [SignatureScheme] = [.falcon1024, .ed25519, .ecdsaSecp256r1SHA256]

    /// ALPN protocols (RFC 7301), preferred first, each of 1...255 bytes. A server picks by its own order, and refuses
    /// a client that offers none of them; empty means no ALPN. QUIC demands at least one.
    public var applicationProtocols: [[UInt8]] = []

    /// Client: the DNS name to send as SNI and to verify; nil sends none. Unused on a server.
    public var serverName: String?

    /// This endpoint's certificate. A server must have one; a client without one answers a request with an empty chain.
    public var signer: (any CertificateSigner)?

    /// Judges the peer's certificates. A client must have one, and a server when it asks for client certificates.
    public var verifier: (any CertificateVerifier)?

    /// Server: whether clients are asked for certificates.
    public var clientAuthentication: ClientAuthentication = .none

    /// Encoded QUIC transport parameters (RFC 9000 §18). Not nil makes the handshake a QUIC one (RFC 9001 §8).
    public var quicTransportParameters: [UInt8]?

    /// Server: what to answer a client's QUIC transport parameters with, in place of `quicTransportParameters`.
    package var answerTransportParameters: (@Sendable ([UInt8]) -> [UInt8])?

    /// Server: send a HelloRetryRequest with a cookie to every client first.
    public var alwaysSendsRetry = false

    /// Client: ask for tickets, which come as `.sessionTicket` events.
    public var acceptsTickets = false

    /// Client: a ticket of an earlier connection to resume. It is not used, and the handshake is a whole one, when it
    /// is too old, is for another name, or `verifier` no longer accepts the server's chain.
    public var session: SessionTicket?

    /// Client: send 0-RTT data with `session`, where its server takes some. Such data can be replayed.
    public var sendsEarlyData = false

    /// Server: issues and takes tickets; nil resumes nothing. Clients' chains are verified again at each resumption.
    public var resumption: ServerResumption?

    /// Server: what 0-RTT data relies on, at most 255 bytes; tickets of another context still resume, without 0-RTT.
    public var earlyDataContext: [UInt8] = []

    /// Most record padding: plaintext records are padded up to a multiple of this many bytes; 0 or 1 means none.
    public var recordPaddingMultiple = 0

    /// Whether a server asks for client certificates.
    public enum ClientAuthentication: Sendable, Hashable {
        /// No CertificateRequest.
        case none
        /// Ask; a client without a certificate may go on.
        case requested
        /// Ask; a client without a certificate is refused with `certificate_required`.
        case required
    }

    public init() {}

    /// True when `quicTransportParameters` are set.
    public var isQUIC: Bool { quicTransportParameters != nil }
}
