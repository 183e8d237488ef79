import Crypto
import TLS

/// A certificate for measuring: nothing but the bare P-256 public key, and a verifier that takes it as it is. Signatures are raw, since both ends are this program.
struct BenchmarkIdentity: CertificateSigner, CertificateVerifier {
    private let key = P256.Signing.PrivateKey()
    let schemes: [SignatureScheme] = [.ecdsaSecp256r1SHA256]
    var certificateChain: [[UInt8]] { [Array(key.publicKey.x963Representation)] }

    func signature(for message: [UInt8], scheme: SignatureScheme) throws -> [UInt8] {
        Array(try key.signature(for: message).rawRepresentation)
    }

    func verify(
        chain: [[UInt8]], serverName: String?, peerRole: HandshakeRole
    ) throws(CertificateRejection) -> any PeerPublicKey {
        guard let leaf = chain.first, let key = try? P256.Signing.PublicKey(x963Representation: leaf) else {
            throw CertificateRejection(.unsupported, detail: "no P-256 key")
        }
        return BenchmarkPublicKey(key: key)
    }
}

/// The key of a ``BenchmarkIdentity``.
struct BenchmarkPublicKey: PeerPublicKey {
    let key: P256.Signing.PublicKey

    func isValidSignature(_ signature: [UInt8], for message: [UInt8], scheme: SignatureScheme) -> Bool {
        guard let parsed = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
        return key.isValidSignature(parsed, for: message)
    }
}
