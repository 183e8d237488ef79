import Crypto
import TLS

/// The server's key in a simulated world, and the client's belief in that key only.
struct PinnedKey: CertificateSigner, CertificateVerifier {
    /// The one key believed in.
    struct Public: PeerPublicKey {
        let key: P256.Signing.PublicKey

        func isValidSignature(_ signature: [UInt8], for message: [UInt8], scheme: SignatureScheme) -> Bool {
            guard scheme == .ecdsaSecp256r1SHA256,
                let parsed = try? P256.Signing.ECDSASignature(derRepresentation: signature)
            else { return false }
            return key.isValidSignature(parsed, for: message)
        }
    }

    private let key = P256.Signing.PrivateKey()
    let schemes: [SignatureScheme] = [.ecdsaSecp256r1SHA256]

    var certificateChain: [[UInt8]] { [Array(key.publicKey.x963Representation)] }

    func signature(for message: [UInt8], scheme: SignatureScheme) throws -> [UInt8] {
        Array(try key.signature(for: message).derRepresentation)
    }

    func verify(
        chain: [[UInt8]], serverName: String?, peerRole: HandshakeRole
    ) throws(CertificateRejection) -> any PeerPublicKey {
        guard chain == certificateChain else { throw CertificateRejection(.unsupported, detail: "not the pinned key") }
        return Public(key: key.publicKey)
    }
}
