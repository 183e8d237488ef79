import TLS

/// Takes one known certificate or public key, or any. Names, dates and issuers are not looked at; that the peer holds
/// the key is proven in the handshake in every case.
struct PinnedVerifier: CertificateVerifier {
    enum Trust: Sendable, Hashable {
        case anyone
        /// DER of the certificate.
        case certificate([UInt8])
        /// DER of the SubjectPublicKeyInfo.
        case publicKey([UInt8])

        /// The first certificate or public key of a PEM file; `malformedPEM` when it holds none.
        init(path: String) throws(ConformanceError) {
            for block in try PEMBlock.blocks(path: path) {
                switch block.label {
                case "CERTIFICATE":
                    self = .certificate(block.content)
                    return
                case "PUBLIC KEY":
                    self = .publicKey(block.content)
                    return
                default: break
                }
            }
            throw .malformedPEM(path: path, reason: "neither a certificate nor a public key")
        }
    }

    let trust: Trust

    func verify(
        chain: [[UInt8]], serverName: String?, peerRole: HandshakeRole
    ) throws(CertificateRejection) -> any PeerPublicKey {
        guard let leaf = chain.first, let info = DERCursor.publicKeyInfo(ofCertificate: leaf) else {
            throw CertificateRejection(.bad, detail: "no X.509 certificate")
        }
        let isTrusted =
            switch trust {
            case .anyone: true
            case .certificate(let pinned): pinned == leaf
            case .publicKey(let pinned): pinned == info
            }
        guard isTrusted else { throw CertificateRejection(.unknownAuthority, detail: "not the pinned certificate") }
        guard let key = ClassicalKey(publicKeyInfo: info) else {
            throw CertificateRejection(.unsupported, detail: "the key is neither P-256 nor Ed25519")
        }
        return key
    }
}
