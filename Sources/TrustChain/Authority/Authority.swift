package import Falcon

/// The rules of a certificate authority: requests and the authority's key in, certificates and lists out. It keeps
/// no records; what was issued and revoked is the ledger's to know. It never sees a requester's private key.
package struct Authority: Sendable {
    package let certificate: Certificate
    /// Where its revocation lists are; nil when it publishes none.
    package let shards: RevocationShards?
    let key: Falcon1024.PrivateKey

    /// A certificate begins to hold this long before it is issued, so that clocks may differ a little.
    static let backdatingSeconds: Int64 = 60

    /// An authority from its certificate and key.
    package init(
        certificate: Certificate,
        key: Falcon1024.PrivateKey,
        shards: RevocationShards? = nil
    ) throws(TrustChainError) {
        guard certificate.publicKey == SubjectPublicKeyInfo(key.publicKey) else { throw .keyNotOfCertificate }
        guard certificate.isAuthority else { throw .notAuthority(subject: certificate.label) }
        self.certificate = certificate
        self.key = key
        self.shards = shards
    }

    /// A new root authority.
    package init(
        root name: DistinguishedName,
        key: Falcon1024.PrivateKey,
        serial: SerialNumber,
        now: CertificateTime,
        terms: IssuanceTerms = IssuanceTerms(pathLength: nil),
        shards: RevocationShards? = nil
    ) throws(TrustChainError) {
        guard !name.isEmpty else { throw .requestRefused(.subjectMissing) }
        let publicKey = SubjectPublicKeyInfo(key.publicKey)
        let content = TBSCertificate(
            serialNumber: serial, issuer: name,
            validity: try Self.validity(.root, terms: terms, now: now), subject: name, publicKey: publicKey,
            extensions: try CertificateExtensions(
                Self.authorityExtensions(terms) + Self.keyExtensions(of: publicKey, issuer: publicKey.keyIdentifier)))
        try self.init(certificate: Certificate(signing: content, with: key), key: key, shards: shards)
    }

    /// Issues what a request asks for under `profile`, when the profile and this authority's own limits allow it.
    package func issue(
        _ request: CertificateRequest,
        profile: CertificateProfile,
        serial: SerialNumber,
        now: CertificateTime,
        terms: IssuanceTerms = IssuanceTerms()
    ) throws(TrustChainError) -> Certificate {
        try request.verifySignature()
        // Checks the key's form; a bad key must not get a certificate.
        _ = try request.publicKey.falcon1024()
        let names = try RequestPolicy(profile: profile).names(of: request)
        let validity = try Self.validity(profile, terms: terms, now: now)
        var extensions: [CertificateExtension] = []
        if profile.isAuthority {
            try requireRoom(for: terms)
            extensions += Self.authorityExtensions(terms)
        } else {
            extensions.append(CertificateExtension(BasicConstraints(isAuthority: false), isCritical: true))
            extensions.append(CertificateExtension(profile.keyUsage, isCritical: true))
            extensions.append(CertificateExtension(ExtendedKeyUsage(profile.purposes)))
        }
        if !names.isEmpty {
            let isCritical = request.subject.isEmpty
            extensions.append(CertificateExtension(SubjectAlternativeName(names), isCritical: isCritical))
        }
        return try sign(
            subject: request.subject, publicKey: request.publicKey, extensions: extensions, serial: serial,
            validity: validity, now: now)
    }

    /// Issues the successor of a certificate of this authority: same subject, key, names and lifetime, a new serial
    /// number and validity. Expired and revoked certificates have no successor.
    package func renew(
        _ old: Certificate,
        serial: SerialNumber,
        now: CertificateTime,
        revocations: RevocationSet
    ) throws(TrustChainError) -> Certificate {
        guard old.issuer == certificate.subject else { throw .renewalRefused(.notIssuedHere) }
        try old.verifySignature(with: certificate.publicKey)
        guard now <= old.validity.notAfter else { throw .renewalRefused(.expired) }
        guard revocations.reason(for: old) == nil else { throw .renewalRefused(.revoked) }
        guard let profile = CertificateProfile(of: old), profile != .root else { throw .renewalRefused(.noProfile) }
        let lifetime = max(old.validity.lifetimeSeconds - Self.backdatingSeconds, 1)
        let replaced: Set<OID> = [
            .subjectKeyIdentifier, .authorityKeyIdentifier, .revocationListDistributionPoints,
            .signedCertificateTimestamps,
        ]
        return try sign(
            subject: old.subject, publicKey: old.publicKey,
            extensions: old.extensions.all.filter { !replaced.contains($0.identifier) }, serial: serial,
            validity: Self.validity(profile, terms: IssuanceTerms(lifetimeSeconds: lifetime), now: now), now: now)
    }

    /// A signed revocation list of this authority: of all entries, or of one shard's.
    package func revocationList(
        _ entries: [RevocationList.Entry],
        number: UInt64,
        shard: UInt64? = nil,
        now: CertificateTime,
        lifetimeSeconds: Int64
    ) throws(TrustChainError) -> RevocationList {
        let place = shard.flatMap { shard in shards?.uri(shard: shard) }
        let covered = shard.map { shard in entries.filter { shards?.shard(of: $0.serialNumber) == shard } } ?? entries
        return try RevocationList(
            issuer: certificate.subject, thisUpdate: now, nextUpdate: now.advanced(bySeconds: lifetimeSeconds),
            number: number, distributionPoint: place, entries: covered, key: key)
    }
}
