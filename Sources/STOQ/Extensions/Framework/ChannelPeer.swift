package import Canonical
package import TrustChain

/// Who is at the other end of a channel.
public struct ChannelPeer: Sendable, Hashable {
    /// The peer's certificates in DER, its own first; the verifier has accepted them.
    public let certificates: [[UInt8]]
    /// How the peer is reached: its address, or "through relays".
    public let way: String

    init(certificates: [[UInt8]], way: String) {
        self.certificates = certificates
        self.way = way
    }

    init(_ session: Session) {
        self.init(certificates: session.peerCertificates, way: session.remoteAddress.text)
    }

    /// Who the peer is: the hash of its certified key.
    package func id() throws(TrustChainError) -> NodeID {
        guard let der = certificates.first else { throw .unknownIssuer(subject: "a peer without a certificate") }
        return try Certificate(derEncoded: der).nodeID()
    }
}
