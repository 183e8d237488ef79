/// A key exchange group by its code point (RFC 8446 §4.2.7). Peers may name any; this module computes `supported`.
public struct NamedGroup: RawRepresentable, Sendable, Hashable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// ML-KEM-768 beside X25519, post-quantum (draft-ietf-tls-ecdhe-mlkem): client share 1216 bytes, server's 1120.
    public static let x25519MLKEM768 = NamedGroup(rawValue: 0x11EC)
    /// X25519 (RFC 7748), 32-byte shares.
    public static let x25519 = NamedGroup(rawValue: 0x001D)
    /// NIST P-256, 65-byte uncompressed points.
    public static let secp256r1 = NamedGroup(rawValue: 0x0017)
    /// NIST P-384, 97-byte uncompressed points.
    public static let secp384r1 = NamedGroup(rawValue: 0x0018)

    /// Every group that this module can compute.
    public static let supported: [NamedGroup] = [.x25519MLKEM768, .x25519, .secp256r1, .secp384r1]
}
