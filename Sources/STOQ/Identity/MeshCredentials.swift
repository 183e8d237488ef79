import Crypto
package import Falcon
package import TLS
package import TrustChain

/// A member's certificate chain and FALCON-1024 key, as TLS wants them.
package struct MeshCredentials: CertificateSigner {
    package let certificateChain: [[UInt8]]
    private let key: Falcon1024.PrivateKey

    /// `chain` begins with the member's own certificate, whose key `key` must be.
    package init(chain: [Certificate], key: Falcon1024.PrivateKey) throws(TrustChainError) {
        guard chain.first?.publicKey == SubjectPublicKeyInfo(key.publicKey) else { throw .keyNotOfCertificate }
        certificateChain = chain.map(\.encoded)
        self.key = key
    }

    /// For ``STOQConfiguration/secret``: the same as long as the key is.
    package var endpointSecret: [UInt8] {
        let derived = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: key.rawRepresentation), info: Array("HM/stoq/endpoint".utf8),
            outputByteCount: 32)
        return derived.withUnsafeBytes { Array($0) }
    }

    package var schemes: [SignatureScheme] { [.falcon1024] }

    package func signature(for message: [UInt8], scheme: SignatureScheme) throws -> [UInt8] {
        try key.signature(for: message)
    }
}
