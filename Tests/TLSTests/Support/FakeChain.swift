import Crypto

@testable import TLS

/// A chain of opaque certificates of FALCON's sizes, and a signature of FALCON-1024's size: the module sees only the
/// protocols. The signature is Ed25519 with zeros after it.
struct LargeSigner: CertificateSigner {
    let key: Curve25519.Signing.PrivateKey
    let certificateChain: [[UInt8]]
    let schemes: [SignatureScheme] = [.falcon1024]

    init(seed: UInt8, certificateCount: Int = 3) {
        let raw = [UInt8](repeating: seed, count: 32)
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: raw) else { preconditionFailure() }
        self.key = key
        let leaf = Array(key.publicKey.rawRepresentation) + [UInt8](repeating: 0x5A, count: 4000)
        certificateChain = [leaf] + (1..<max(1, certificateCount)).map { [UInt8](repeating: UInt8($0), count: 4100) }
    }

    func signature(for message: [UInt8], scheme: SignatureScheme) throws -> [UInt8] {
        Array(try key.signature(for: message)) + [UInt8](repeating: 0, count: 1280 - 64)
    }
}

struct LargeVerifier: CertificateVerifier {
    var rejection: CertificateRejection?

    func verify(
        chain: [[UInt8]],
        serverName: String?,
        peerRole: HandshakeRole
    ) throws(CertificateRejection) -> any PeerPublicKey {
        if let rejection { throw rejection }
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: chain[0].prefix(32)) else {
            throw CertificateRejection(.bad, detail: "no key")
        }
        return LargeKey(key: key)
    }
}

struct LargeKey: PeerPublicKey {
    let key: Curve25519.Signing.PublicKey

    func isValidSignature(_ signature: [UInt8], for message: [UInt8], scheme: SignatureScheme) -> Bool {
        scheme == .falcon1024 && signature.count == 1280 && signature.dropFirst(64).allSatisfy { $0 == 0 }
            && key.isValidSignature(signature.prefix(64), for: message)
    }
}
