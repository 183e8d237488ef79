import Canonical

extension TrustState {
    /// Checks a certificate up to a root in the state, for what its profile is for.
    static func verify(
        _ certificate: Certificate,
        now: CertificateTime,
        in state: some StateReading
    ) throws(TrustChainError) {
        let above = try authorities(above: certificate, in: state)
        guard let profile = CertificateProfile(of: certificate), profile != .root, let root = above.last else {
            throw .unknownProfile(subject: certificate.label)
        }
        let verifier = ChainVerifier(
            anchors: [root], intermediates: Array(above.dropLast()),
            revocations: try revocations(among: above, in: state))
        _ = try verifier.verify(certificate, purpose: purpose(of: profile), now: now)
    }

    /// The record that `certificate` may take the place of: an active one of the same key and subject.
    static func replaceable(
        _ old: SerialNumber,
        by certificate: Certificate,
        of authority: AuthorityID,
        in state: some StateReading
    ) throws(TrustChainError) -> CertificateRecord {
        let reference = CertificateReference(authority: authority, serial: old)
        guard let record = try record(reference, in: state) else { throw .notRecorded(old) }
        if case .revoked(let reason, _) = record.status { throw .revoked(serial: old, reason: reason) }
        let holder = try certificate.nodeID()
        guard record.holder == holder, record.subject == Digest(sha256: certificate.subject.encoded) else {
            throw .renewalRefused(.otherHolder)
        }
        return record
    }

    static func requireMayRevoke(
        _ reference: CertificateReference,
        subject: NodeID,
        isAuthorized: Bool,
        state: some StateReading
    ) throws(TrustChainError) {
        guard !isAuthorized else { return }
        guard let authority = try authority(reference.authority, in: state) else {
            throw .unknownAuthority(keyIdentifier: "\(reference.authority)")
        }
        guard let record = try record(reference, in: state) else { throw .notRecorded(reference.serial) }
        let operators = [try authority.nodeID(), record.holder]
        guard operators.contains(subject) else { throw .notAuthorized(subject: subject) }
    }

    private static func purpose(of profile: CertificateProfile) -> CertificatePurpose {
        switch profile {
        case .root, .intermediate: .authority
        case .node, .service: .server
        case .person: .client
        case .codeSigning: .codeSigning
        }
    }
}
