import Crypto
import CryptoExtras

@testable import TLS

/// A key for tests with a certificate around it.
enum TestKey: Sendable {
    case p256(P256.Signing.PrivateKey)
    case ed25519(Curve25519.Signing.PrivateKey)
}

struct TestSigner: CertificateSigner {
    let key: TestKey
    let certificateChain: [[UInt8]]
    var schemes: [SignatureScheme] {
        switch key {
        case .p256: [.ecdsaSecp256r1SHA256]
        case .ed25519: [.ed25519]
        }
    }

    func signature(for message: [UInt8], scheme: SignatureScheme) throws -> [UInt8] {
        switch key {
        case .p256(let key): Array(try key.signature(for: message).derRepresentation)
        case .ed25519(let key): Array(try key.signature(for: message))
        }
    }
}

/// Accepts any chain and takes the key from the leaf's SubjectPublicKeyInfo; with `pinned`, only that very leaf.
struct LeafKeyVerifier: CertificateVerifier {
    var pinned: [UInt8]?

    func verify(
        chain: [[UInt8]],
        serverName: String?,
        peerRole: HandshakeRole
    ) throws(CertificateRejection) -> any PeerPublicKey {
        guard pinned == nil || pinned == chain[0] else {
            throw CertificateRejection(.unknownAuthority, detail: "not the pinned certificate")
        }
        guard let info = DERWalk.publicKeyInfo(ofCertificate: chain[0]) else {
            throw CertificateRejection(.bad, detail: "no SubjectPublicKeyInfo")
        }
        if let key = try? P256.Signing.PublicKey(derRepresentation: info) { return LeafKey.p256(key) }
        if let key = try? _RSA.Signing.PublicKey(unsafeDERRepresentation: info) { return LeafKey.rsa(key) }
        if info.count == 44, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: info.suffix(32)) {
            return LeafKey.ed25519(key)
        }
        throw CertificateRejection(.unsupported, detail: "unknown key")
    }
}

enum LeafKey: PeerPublicKey {
    case p256(P256.Signing.PublicKey)
    case ed25519(Curve25519.Signing.PublicKey)
    case rsa(_RSA.Signing.PublicKey)

    func isValidSignature(_ signature: [UInt8], for message: [UInt8], scheme: SignatureScheme) -> Bool {
        switch (self, scheme) {
        case (.p256(let key), .ecdsaSecp256r1SHA256):
            guard let parsed = try? P256.Signing.ECDSASignature(derRepresentation: signature) else { return false }
            return key.isValidSignature(parsed, for: message)
        case (.ed25519(let key), .ed25519):
            return key.isValidSignature(signature, for: message)
        case (.rsa(let key), .rsaPSSRSAESHA256):
            let parsed = _RSA.Signing.RSASignature(rawRepresentation: signature)
            return key.isValidSignature(parsed, for: SHA256.hash(data: message), padding: .PSS)
        default:
            return false
        }
    }
}

/// Just enough DER to find the public key in a certificate.
enum DERWalk {
    /// Header and content lengths of the element at `start`.
    static func element(_ bytes: [UInt8], at start: Int) -> (content: Int, end: Int)? {
        guard start + 1 < bytes.count else { return nil }
        let first = Int(bytes[start + 1])
        if first < 0x80 {
            let end = start + 2 + first
            return end <= bytes.count ? (start + 2, end) : nil
        }
        let count = first & 0x7F
        guard (1...3).contains(count), start + 2 + count <= bytes.count else { return nil }
        let length = bytes[start + 2..<start + 2 + count].reduce(0) { $0 << 8 | Int($1) }
        let content = start + 2 + count
        return content + length <= bytes.count ? (content, content + length) : nil
    }

    static func publicKeyInfo(ofCertificate bytes: [UInt8]) -> [UInt8]? {
        guard let certificate = element(bytes, at: 0), let body = element(bytes, at: certificate.content) else {
            return nil
        }
        var position = body.content
        // [0] version, serialNumber, signature, issuer, validity, subject.
        let skipped = bytes[position] == 0xA0 ? 6 : 5
        for _ in 0..<skipped {
            guard let next = element(bytes, at: position), next.end < body.end else { return nil }
            position = next.end
        }
        guard let info = element(bytes, at: position) else { return nil }
        return Array(bytes[position..<info.end])
    }
}
