/// Decides whether a peer's certificates are good. What the time is and what is trusted are the verifier's own matter.
public protocol CertificateVerifier: Sendable {
    /// Checks the chain and returns the leaf's public key.
    ///
    /// - Parameters:
    ///   - chain: DER certificates as the peer sent them, leaf first, never empty; bytes of a stranger.
    ///   - serverName: the name that the client asked for; nil on a server and when no name was configured.
    ///   - peerRole: `.server` when this endpoint is a client.
    /// - Throws: why the chain is refused; its `alert` goes to the peer.
    func verify(
        chain: [[UInt8]],
        serverName: String?,
        peerRole: HandshakeRole
    ) throws(CertificateRejection) -> any PeerPublicKey
}
