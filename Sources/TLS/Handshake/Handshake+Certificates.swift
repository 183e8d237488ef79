extension Handshake {
    mutating func receiveCertificate(_ message: HandshakeMessage) throws(TLSError) {
        let certificate = try CertificateMessage(message.body)
        transcript.append(message)
        guard !certificate.chain.isEmpty else {
            try acceptMissingCertificate()
            return
        }
        guard let verifier = configuration.verifier else { throw .internalFailure("no verifier") }
        let name = role == .client ? configuration.serverName : nil
        do throws(CertificateRejection) {
            peerKey = try verifier.verify(chain: certificate.chain, serverName: name, peerRole: role.peer)
        } catch {
            throw .certificateRejected(error)
        }
        pendingPeerChain = certificate.chain
        state = role == .client ? .waitServerCertificateVerify : .waitClientCertificateVerify
    }

    private mutating func acceptMissingCertificate() throws(TLSError) {
        guard role == .server else { throw .decode("a server must send a certificate") }
        guard configuration.clientAuthentication == .requested else { throw .certificateRequired }
        state = .waitClientFinished
    }

    mutating func receiveCertificateVerify(_ message: HandshakeMessage) throws(TLSError) {
        let verify = try CertificateVerify(message.body)
        guard configuration.signatureSchemes.contains(verify.scheme), verify.scheme.isAllowedInHandshake else {
            throw .illegalParameter("signature scheme \(verify.scheme.rawValue) was not offered")
        }
        let content = CertificateVerify.content(by: role.peer, transcriptHash: transcript.digest)
        guard let peerKey, peerKey.isValidSignature(verify.signature, for: content, scheme: verify.scheme) else {
            throw .decrypt("CertificateVerify does not verify")
        }
        transcript.append(message)
        peerCertificates = pendingPeerChain
        emit(.peerCertificates(pendingPeerChain))
        pendingPeerChain = []
        state = role == .client ? .waitServerFinished : .waitClientFinished
    }

    /// Signs the transcript so far.
    func certificateVerifyMessage(
        signer: any CertificateSigner,
        scheme: SignatureScheme
    ) throws(TLSError) -> HandshakeMessage {
        let content = CertificateVerify.content(by: role, transcriptHash: transcript.digest)
        let signature: [UInt8]
        do {
            signature = try signer.signature(for: content, scheme: scheme)
        } catch {
            throw .internalFailure("signing failed: \(error)")
        }
        return try CertificateVerify(scheme: scheme, signature: signature).message()
    }

    /// The signer's first scheme that the peer accepts.
    func scheme(of signer: any CertificateSigner, acceptedBy peer: [SignatureScheme]) -> SignatureScheme? {
        signer.schemes.first { $0.isAllowedInHandshake && peer.contains($0) }
    }
}
