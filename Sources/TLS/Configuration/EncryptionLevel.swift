/// Which keys protect a run of handshake bytes: the QUIC packet number spaces' levels (RFC 9001 §4.1.4)
/// and, over a byte stream, the record protection in force.
public enum EncryptionLevel: UInt8, Sendable, Hashable, CaseIterable {
    /// Before any TLS secret: plaintext records, or QUIC's Initial keys.
    case initial
    /// 0-RTT: a client's data before the server's answer, under a secret of an earlier connection.
    case earlyData
    /// Under the handshake traffic secrets.
    case handshake
    /// Under the application traffic secrets (QUIC's 1-RTT).
    case application
}
