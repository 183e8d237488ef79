import Crypto
package import TLS

/// The server's key in a simulated world, and the client's belief in that key only.
package struct PinnedKey: CertificateSigner, CertificateVerifier {
    /// The one key believed in.
    package struct Public: PeerPublicKey {
        let key: P256.Signing.PublicKey

        package func isValidSignature(_ signature: [UInt8], for message: [UInt8], scheme: SignatureScheme) -> Bool {
            guard scheme == .ecdsaSecp256r1SHA256,
                let parsed = try? P256.Signing.ECDSASignature(derRepresentation: signature)
            else { return false }
            return key.isValidSignature(parsed, for: message)
        }
    }

    private let key: P256.Signing.PrivateKey
    package let schemes: [SignatureScheme] = [.ecdsaSecp256r1SHA256]

    /// A key of its own.
    package init() {
        key = P256.Signing.PrivateKey()
    }

    /// The key that two processes know.
    /// - Parameter secret: 32 bytes, not all zero.
    /// - Returns: nil where they are no key.
    package init?(secret: [UInt8]) {
        guard let key = try? P256.Signing.PrivateKey(rawRepresentation: secret) else { return nil }
        self.key = key
    }

    /// The TLS of a server with this key.
    package var serverTLS: TLSConfiguration {
        var tls = TLSConfiguration()
        tls.applicationProtocols = [Array("bulk".utf8)]
        tls.signer = self
        return tls
    }

    /// The TLS of a client that believes in this key.
    package var clientTLS: TLSConfiguration {
        var tls = TLSConfiguration()
        tls.applicationProtocols = [Array("bulk".utf8)]
        tls.verifier = self
        return tls
    }

    package var certificateChain: [[UInt8]] { [Array(key.publicKey.x963Representation)] }

    package func signature(for message: [UInt8], scheme: SignatureScheme) throws -> [UInt8] {
        Array(try key.signature(for: message).derRepresentation)
    }

    package func verify(
        chain: [[UInt8]], serverName: String?, peerRole: HandshakeRole
    ) throws(CertificateRejection) -> any PeerPublicKey {
        guard chain == certificateChain else { throw CertificateRejection(.unsupported, detail: "not the pinned key") }
        return Public(key: key.publicKey)
    }
}
