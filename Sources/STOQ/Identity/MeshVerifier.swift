import Canonical
import Falcon
package import TLS
package import TrustChain

/// Admits peers whose FALCON-1024 certificate leads to the mesh's root, is in force and is not revoked.
package struct MeshVerifier: CertificateVerifier {
    /// What the verifier has to know at the moment of a handshake.
    package struct Trust: Sendable {
        package var chain: ChainVerifier
        package var now: CertificateTime

        package init(chain: ChainVerifier, now: CertificateTime) {
            self.chain = chain
            self.now = now
        }
    }

    private let trust: @Sendable () -> Trust
    private let refused: @Sendable (String) -> Void

    /// `trust` is asked at every handshake, so that revocations count at once; `refused` hears of every refusal.
    package init(
        trust: @escaping @Sendable () -> Trust,
        refused: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.trust = trust
        self.refused = refused
    }

    package func verify(
        chain: [[UInt8]],
        serverName: String?,
        peerRole: HandshakeRole
    ) throws(CertificateRejection) -> any PeerPublicKey {
        do throws(TrustChainError) {
            return try FalconPeerKey(check(chain, purpose: peerRole == .server ? .server : .client))
        } catch {
            refused(error.description)
            throw CertificateRejection(MeshVerifier.reason(for: error), detail: error.description)
        }
    }

    private func check(_ chain: [[UInt8]], purpose: CertificatePurpose) throws(TrustChainError) -> Falcon1024.PublicKey
    {
        var certificates: [Certificate] = []
        for der in chain { certificates.append(try Certificate(derEncoded: der)) }
        guard let leaf = certificates.first else { throw .unknownIssuer(subject: "a peer without a certificate") }
        let trust = trust()
        _ = try trust.chain.verify(
            leaf, purpose: purpose, now: trust.now, presented: Array(certificates.dropFirst()))
        return try leaf.publicKey.falcon1024()
    }

    static func reason(for error: TrustChainError) -> CertificateRejection.Reason {
        switch error {
        case .expired, .notYetValid: .expired
        case .revoked: .revoked
        case .unknownIssuer, .selfSignedUntrusted: .unknownAuthority
        case .badSignature, .malformed: .bad
        case .unsupportedAlgorithm: .unsupported
        default: .unacceptable
        }
    }
}

/// The FALCON-1024 key of an admitted peer.
struct FalconPeerKey: PeerPublicKey {
    private let key: Falcon1024.PublicKey

    init(_ key: Falcon1024.PublicKey) {
        self.key = key
    }

    func isValidSignature(_ signature: [UInt8], for message: [UInt8], scheme: SignatureScheme) -> Bool {
        scheme == .falcon1024 && key.isValidSignature(signature, for: message)
    }
}
