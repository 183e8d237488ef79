/// A signature scheme by its code point (RFC 8446 §4.2.3). The module negotiates code points only; what they
/// mean is known to the `CertificateSigner` and the `PeerPublicKey`.
public struct SignatureScheme: RawRepresentable, Sendable, Hashable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// FALCON-1024 padded signatures, a private-use code point (no IANA value exists).
    public static let falcon1024 = SignatureScheme(rawValue: 0xFEDF)
    public static let ed25519 = SignatureScheme(rawValue: 0x0807)
    public static let ecdsaSecp256r1SHA256 = SignatureScheme(rawValue: 0x0403)
    public static let ecdsaSecp384r1SHA384 = SignatureScheme(rawValue: 0x0503)
    public static let rsaPSSRSAESHA256 = SignatureScheme(rawValue: 0x0804)
    public static let rsaPSSRSAESHA384 = SignatureScheme(rawValue: 0x0805)
    public static let rsaPSSRSAESHA512 = SignatureScheme(rawValue: 0x0806)

    /// False for the schemes that RFC 8446 §4.2.3 forbids in CertificateVerify: RSA PKCS #1 v1.5, SHA-1, DSA.
    package var isAllowedInHandshake: Bool {
        let signature = rawValue & 0xFF
        let hash = rawValue >> 8
        guard (1...6).contains(hash) else { return true }
        return signature == 3 && hash >= 4
    }
}
