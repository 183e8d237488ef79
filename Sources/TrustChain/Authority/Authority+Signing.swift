extension Authority {
    /// When a certificate issued `now` under these terms holds.
    static func validity(
        _ profile: CertificateProfile,
        terms: IssuanceTerms,
        now: CertificateTime
    ) throws(TrustChainError) -> Validity {
        let lifetime = terms.lifetimeSeconds ?? profile.lifetimeSecondsDefault
        guard lifetime > 0 else { throw .requestRefused(.lifetimeNotPositive) }
        guard lifetime <= profile.lifetimeSecondsMax else {
            throw .requestRefused(.lifetimeTooLong(seconds: lifetime, limit: profile.lifetimeSecondsMax))
        }
        return Validity(
            notBefore: now.advanced(bySeconds: -backdatingSeconds), notAfter: now.advanced(bySeconds: lifetime))
    }

    /// Extensions of an authority's certificate.
    static func authorityExtensions(_ terms: IssuanceTerms) -> [CertificateExtension] {
        let constraints = BasicConstraints(isAuthority: true, pathLength: terms.pathLength)
        let usage = CertificateProfile.intermediate.keyUsage
        return [
            CertificateExtension(constraints, isCritical: true), CertificateExtension(usage, isCritical: true),
        ] + (terms.nameConstraints.map { [CertificateExtension($0, isCritical: true)] } ?? [])
    }

    /// Extensions that name the certificate's key and the issuer's.
    static func keyExtensions(of key: SubjectPublicKeyInfo, issuer: [UInt8]) -> [CertificateExtension] {
        [
            CertificateExtension(SubjectKeyIdentifier(key.keyIdentifier)),
            CertificateExtension(AuthorityKeyIdentifier(issuer)),
        ]
    }

    /// Refuses another authority below this one when the path length forbids it.
    func requireRoom(for terms: IssuanceTerms) throws(TrustChainError) {
        guard let limit = certificate.extensions.basicConstraints?.pathLength else { return }
        guard limit > 0, let below = terms.pathLength, below < limit else {
            throw .requestRefused(.noRoomForAuthority)
        }
    }

    /// Completes and signs a certificate.
    func sign(
        subject: DistinguishedName,
        publicKey: SubjectPublicKeyInfo,
        extensions: [CertificateExtension],
        serial: SerialNumber,
        validity: Validity,
        now: CertificateTime
    ) throws(TrustChainError) -> Certificate {
        try certificate.validity.require(now, subject: certificate.label)
        guard validity.notAfter <= certificate.validity.notAfter else { throw .requestRefused(.outlivesIssuer) }
        let begin = max(validity.notBefore, certificate.validity.notBefore)
        let places = shards.map { shards in
            [
                CertificateExtension(
                    RevocationListDistributionPoints(uris: [shards.uri(shard: shards.shard(of: serial))]))
            ]
        }
        let content = TBSCertificate(
            serialNumber: serial, issuer: certificate.subject,
            validity: Validity(notBefore: begin, notAfter: validity.notAfter), subject: subject, publicKey: publicKey,
            extensions: try CertificateExtensions(
                extensions + Self.keyExtensions(of: publicKey, issuer: certificate.keyIdentifier) + (places ?? [])))
        try certificate.extensions.nameConstraints?.check(subject: subject, names: content.extensions.names)
        return try Certificate(signing: content, with: key)
    }
}
