import Crypto
import TLS

/// A peer's P-256 or Ed25519 key.
enum ClassicalKey: PeerPublicKey {
    case p256(P256.Signing.PublicKey)
    case ed25519(Curve25519.Signing.PublicKey)

    /// The SubjectPublicKeyInfo of an Ed25519 key up to the 32 bytes of the key (RFC 8410 section 4).
    private static let ed25519Prefix: [UInt8] = [
        0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
    ]

    /// Reads the DER of a SubjectPublicKeyInfo; nil for a key of another kind or a bad one.
    init?(publicKeyInfo: [UInt8]) {
        if publicKeyInfo.starts(with: Self.ed25519Prefix) {
            let raw = publicKeyInfo.dropFirst(Self.ed25519Prefix.count)
            guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw) else { return nil }
            self = .ed25519(key)
        } else {
            guard let key = try? P256.Signing.PublicKey(derRepresentation: publicKeyInfo) else { return nil }
            self = .p256(key)
        }
    }

    func isValidSignature(_ signature: [UInt8], for message: [UInt8], scheme: SignatureScheme) -> Bool {
        switch self {
        case .p256(let key):
            guard scheme == .ecdsaSecp256r1SHA256,
                let parsed = try? P256.Signing.ECDSASignature(derRepresentation: signature)
            else { return false }
            return key.isValidSignature(parsed, for: message)
        case .ed25519(let key):
            return scheme == .ed25519 && key.isValidSignature(signature, for: message)
        }
    }
}
