import Canonical
import Glibc
import TLS
import TrustChain

/// Admits peers by their keys, whoever certified them.
struct KeyVerifier: CertificateVerifier {
    let trust: STOQTrust

    func verify(
        chain: [[UInt8]], serverName: String?, peerRole: HandshakeRole
    ) throws(CertificateRejection) -> any PeerPublicKey {
        guard let der = chain.first else { throw CertificateRejection(.bad, detail: "a peer without a certificate") }
        let id: NodeID
        let key: FalconPeerKey
        let validity: Validity
        do throws(TrustChainError) {
            let certificate = try Certificate(derEncoded: der)
            validity = certificate.validity
            id = try certificate.nodeID()
            key = try FalconPeerKey(certificate.publicKey.falcon1024())
        } catch {
            throw CertificateRejection(MeshVerifier.reason(for: error), detail: error.description)
        }
        let now = CertificateTime(seconds: Int64(time(nil)))
        guard validity.notBefore <= now, now <= validity.notAfter else {
            throw CertificateRejection(.expired, detail: "the certificate of \(id) is not in force")
        }
        if case .peers(let admitted) = trust, !admitted.contains(id) {
            throw CertificateRejection(.unknownAuthority, detail: "\(id) is not among the peers that are trusted")
        }
        return key
    }
}
