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
}
