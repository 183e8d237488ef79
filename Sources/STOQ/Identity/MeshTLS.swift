import TLS

/// The one way in which STOQ speaks TLS 1.3: hybrid key exchange, FALCON-1024 on both ends, nothing to fall back to.
enum MeshTLS {
    static func configuration(
        signer: any CertificateSigner, verifier: any CertificateVerifier
    ) -> TLSConfiguration {
        var tls = TLSConfiguration()
        tls.applicationProtocols = [STOQEndpoint.applicationProtocol]
        tls.groups = [.x25519MLKEM768]
        tls.signatureSchemes = [.falcon1024]
        tls.signer = signer
        tls.verifier = verifier
        tls.clientAuthentication = .required
        return tls
    }

    /// Datagrams of padding with which a client's first flight lets a server answer whole: it may send three times what
    /// it got, the hybrid ClientHello fills two datagrams, and its chain is likely as long as ours.
    static func firstFlightPadding(chain: [[UInt8]]) -> Int {
        let expected = chain.reduce(0) { $0 + $1.count } + answerBytesBesideChain
        let missing = max(0, expected - 3 * 2 * datagramBytes)
        return min(8, (missing + 3 * datagramBytes - 1) / (3 * datagramBytes))
    }

    /// ServerHello with its share, the other messages, a FALCON-1024 signature and what packets add.
    private static let answerBytesBesideChain = 3200
    private static let datagramBytes = 1200
}
