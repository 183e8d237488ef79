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

    /// Most bytes of 0-RTT records that a server skips over a byte stream when it takes none.
    public static let skippedEarlyDataByteCountMax = 64 * 1024

    /// Longest life of a ticket, in seconds (RFC 8446 §4.6.1).
    public static let ticketLifetimeSecondsMax: UInt32 = 7 * 86_400

    /// Longest ticket that a server opens, in bytes; its own are shorter.
    public static let ticketByteCountMax = 1024

    /// Identities of a pre_shared_key extension that a server looks at.
    public static let identitiesTriedMax = 4

    /// Tickets of one connection that a client takes; more are dropped.
    public static let ticketsPerConnectionMax = 8

    /// Client chains that a server remembers to resume with.
    public static let resumptionChainsMax = 1024

    /// How far the two ends may differ on a ticket's age when 0-RTT data is taken, in milliseconds (RFC 8446 §8.3).
    public static let earlyDataWindowMilliseconds: UInt64 = 10_000

    /// ClientHellos with 0-RTT data that are taken in twice that time.
    public static let earlyHellosPerWindowMax = 16_384

    /// Records sealed under one key before the key is updated: within RFC 8446 §5.5 for every suite.
    public static let recordsPerKeyMax: UInt64 = 1 << 23
}
