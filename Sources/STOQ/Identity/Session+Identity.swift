public import Canonical
import Synchronization
package import TrustChain

extension Session {
    /// Who the peer is: the hash of the key that it proved to hold.
    public var peer: NodeID? { try? peerID() }

    /// The peer's own certificate, which the verifier has accepted.
    package func peerCertificate() throws(TrustChainError) -> Certificate {
        guard let der = peerCertificates.first else { throw .unknownIssuer(subject: "a peer without a certificate") }
        return try Certificate(derEncoded: der)
    }

    /// Who the peer is: the hash of its certified key.
    package func peerID() throws(TrustChainError) -> NodeID {
        if let known = knownPeer.withLock({ $0 }) { return known }
        let id = try peerCertificate().nodeID()
        knownPeer.withLock { $0 = id }
        return id
    }
}
