/// The module's fixed limits.
public enum TLSLimits {
    /// Longest handshake message accepted or sent, header included, in bytes: a Certificate, as FALCON chains are long.
    public static let handshakeMessageByteCountMax = 128 * 1024

    /// Longest ClientHello, ServerHello or CertificateVerify accepted, in bytes: they come before any authentication.
    public static let helloByteCountMax = 32 * 1024

    /// Longest EncryptedExtensions, CertificateRequest or NewSessionTicket accepted, in bytes.
    public static let extensionsMessageByteCountMax = 68 * 1024

    /// Longest plaintext of a record, in bytes (RFC 8446 §5.1).
    public static let recordPlaintextByteCountMax = 1 << 14

    /// Longest protected record body, in bytes (RFC 8446 §5.2).
    public static let recordCiphertextByteCountMax = (1 << 14) + 256

    /// Most certificates in a peer's chain.
    public static let certificateCountMax = 16

    /// Most extensions in one extension block, and most key shares in a ClientHello.
    public static let extensionCountMax = 64

    /// Most KeyUpdate messages, and most records without content, taken in a row from a peer over a byte stream.
    public static let emptyRecordsInRowMax = 32

    /// Most bytes of 0-RTT records that a server skips over a byte stream, as it accepts none.
    public static let skippedEarlyDataByteCountMax = 64 * 1024

    /// Records sealed under one key before the key is updated: within RFC 8446 §5.5 for every suite.
    public static let recordsPerKeyMax: UInt64 = 1 << 23
}
