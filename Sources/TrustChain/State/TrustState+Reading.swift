package import Canonical

extension TrustState {
    /// Head of the transparency log; nil before the first authority is registered.
    package static func logHead(in state: some StateReading) throws(TrustChainError) -> LogHead? {
        try read(LogRecord.self, .trustLog, "transparency log", in: state)?.head
    }

    /// Certificates of the root authorities: the anchors of every verifier of this mesh.
    package static func roots(in state: some StateReading) throws(TrustChainError) -> [Certificate] {
        var roots: [Certificate] = []
        for id in try rootIDs(in: state) {
            guard let root = try authority(id, in: state) else { throw .stateCorrupt("root authority \(id)") }
            roots.append(root)
        }
        return roots
    }

    /// The current certificate of an authority; nil when it is not registered.
    package static func authority(
        _ id: AuthorityID,
        in state: some StateReading
    ) throws(TrustChainError) -> Certificate? {
        try read(Certificate.self, .trustAuthority(id), "authority", in: state)
    }

    /// What is known of a certificate; nil when it was never issued.
    package static func record(
        _ reference: CertificateReference,
        in state: some StateReading
    ) throws(TrustChainError) -> CertificateRecord? {
        try read(
            CertificateRecord.self, .trustCertificate(reference.authority, reference.serial), "certificate", in: state)
    }

    /// The certificate last issued to the holder of a key.
    package static func current(
        of holder: NodeID,
        in state: some StateReading
    ) throws(TrustChainError) -> CertificateReference? {
        try read(CertificateReference.self, .trustHolder(holder), "holder", in: state)
    }

    /// Which certificate this is to the state: the authority is the one whose key its issuer field points to.
    package static func reference(to certificate: Certificate) throws(TrustChainError) -> CertificateReference {
        let issuer =
            certificate.extensions.authorityKeyIdentifier?.keyIdentifier
            ?? (certificate.isSelfIssued ? certificate.publicKey.keyIdentifier : [])
        guard let authority = AuthorityID(keyIdentifier: issuer) else {
            throw .unknownAuthority(keyIdentifier: Hexadecimal.encode(issuer))
        }
        return CertificateReference(authority: authority, serial: certificate.serialNumber)
    }

    /// The authorities above a certificate, from its issuer to a root.
    package static func authorities(
        above certificate: Certificate,
        in state: some StateReading
    ) throws(TrustChainError) -> [Certificate] {
        var chain: [Certificate] = []
        var last = certificate
        repeat {
            let id = try reference(to: last).authority
            guard let issuer = try authority(id, in: state) else { throw .unknownAuthority(keyIdentifier: "\(id)") }
            chain.append(issuer)
            last = issuer
            guard chain.count < Limits.chainLengthMax else { throw .chainTooLong(limit: Limits.chainLengthMax) }
        } while !last.isSelfIssued
        return chain
    }

    /// Which of these certificates are revoked.
    package static func revocations(
        among certificates: [Certificate],
        in state: some StateReading
    ) throws(TrustChainError) -> RevocationSet {
        var set = RevocationSet()
        for certificate in certificates {
            let known = try record(reference(to: certificate), in: state)
            guard case .revoked(let reason, _) = known?.status else { continue }
            set.insert(issuer: certificate.issuer, serial: certificate.serialNumber, reason: reason)
        }
        return set
    }

    static func rootIDs(in state: some StateReading) throws(TrustChainError) -> [AuthorityID] {
        do {
            guard let bytes = state.value(for: .trustRoots) else { return [] }
            var decoder = BCSDecoder(bytes)
            let ids = try decoder.decodeArray(of: AuthorityID.self)
            try decoder.finish()
            return ids
        } catch {
            throw .stateCorrupt("list of root authorities")
        }
    }

    private static func read<Value: CanonicalDecodable>(
        _: Value.Type,
        _ key: StateKey,
        _ what: String,
        in state: some StateReading
    ) throws(TrustChainError) -> Value? {
        do { return try state.decoded(Value.self, for: key) } catch { throw .stateCorrupt(what) }
    }

    static func log(in state: some StateReading) throws(TrustChainError) -> LogRecord? {
        try read(LogRecord.self, .trustLog, "transparency log", in: state)
    }
}
