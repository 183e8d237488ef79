import Crypto
import TLS

/// A certificate for tests between our own ends: a mark, the bare public key, and as much padding as asked for.
struct TestSigner: CertificateSigner {
    let key: P256.Signing.PrivateKey
    let certificateChain: [[UInt8]]
    let schemes: [SignatureScheme] = [.ecdsaSecp256r1SHA256]

    init(padding: Int = 0) {
        key = P256.Signing.PrivateKey()
        let marker: [UInt8] = [0x03, 0x42, 0x00]
        certificateChain = [marker + Array(key.publicKey.x963Representation) + [UInt8](repeating: 7, count: padding)]
    }

    init(key: P256.Signing.PrivateKey, chain: [[UInt8]]) {
        self.key = key
        certificateChain = chain
    }

    func signature(for message: [UInt8], scheme: SignatureScheme) throws -> [UInt8] {
        Array(try key.signature(for: message).derRepresentation)
    }
}

/// Takes the first P-256 point of a certificate for its key and believes it.
struct TestVerifier: CertificateVerifier {
    struct Key: PeerPublicKey {
        let key: P256.Signing.PublicKey

        func isValidSignature(_ signature: [UInt8], for message: [UInt8], scheme: SignatureScheme) -> Bool {
            guard scheme == .ecdsaSecp256r1SHA256,
                let parsed = try? P256.Signing.ECDSASignature(derRepresentation: signature)
            else { return false }
            return key.isValidSignature(parsed, for: message)
        }
    }

    func verify(
        chain: [[UInt8]], serverName: String?, peerRole: HandshakeRole
    ) throws(CertificateRejection) -> any PeerPublicKey {
        let leaf = chain[0]
        for start in leaf.indices
        where leaf.count - start >= 68 && leaf[start...].starts(with: [0x03, 0x42, 0x00, 0x04]) {
            if let key = try? P256.Signing.PublicKey(x963Representation: leaf[start + 3..<start + 68]) {
                return Key(key: key)
            }
        }
        throw CertificateRejection(.unsupported, detail: "no P-256 key")
    }
}

enum TestTLS {
    static func server(padding: Int = 0) -> TLSConfiguration {
        var tls = TLSConfiguration()
        tls.applicationProtocols = [Array("test".utf8)]
        tls.signer = TestSigner(padding: padding)
        return tls
    }

    static func client() -> TLSConfiguration {
        var tls = TLSConfiguration()
        tls.applicationProtocols = [Array("test".utf8)]
        tls.verifier = TestVerifier()
        return tls
    }
}
