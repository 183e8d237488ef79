/// Looks for a chain from a certificate to an anchor, depth first, within a bound of signature checks.
struct ChainSearch {
    let anchors: [Certificate]
    let intermediates: [Certificate]
    let revocations: RevocationSet
    let now: CertificateTime
    private var signatureChecks = 0

    init(anchors: [Certificate], intermediates: [Certificate], revocations: RevocationSet, now: CertificateTime) {
        self.anchors = anchors
        self.intermediates = intermediates
        self.revocations = revocations
        self.now = now
    }

    /// Extends a chain that begins with the leaf to an anchor.
    mutating func complete(_ chain: [Certificate]) throws(TrustChainError) -> [Certificate] {
        guard let last = chain.last else { throw .unknownIssuer(subject: "") }
        var refusal: TrustChainError?
        for (candidate, isAnchor) in candidates(for: last, in: chain) {
            do throws(TrustChainError) {
                let longer = try extend(chain, by: candidate)
                return try isAnchor ? longer : complete(longer)
            } catch {
                refusal = Self.moreTelling(refusal, error)
            }
            guard signatureChecks < Limits.signatureChecksMax else {
                throw .tooManyCandidates(limit: Limits.signatureChecksMax)
            }
        }
        throw refusal
            ?? (last.isSelfIssued
                ? .selfSignedUntrusted(subject: last.label) : .unknownIssuer(subject: last.label))
    }

    /// Possible issuers, anchors first. One that names another key than the certificate's issuer key is none.
    private func candidates(for certificate: Certificate, in chain: [Certificate]) -> [(Certificate, isAnchor: Bool)] {
        let wanted = certificate.extensions.authorityKeyIdentifier?.keyIdentifier
        func mayHaveSigned(_ candidate: Certificate) -> Bool {
            candidate.subject == certificate.issuer && (wanted == nil || wanted == candidate.keyIdentifier)
        }
        func isNew(_ candidate: Certificate) -> Bool {
            !chain.contains { $0.subject == candidate.subject && $0.publicKey == candidate.publicKey }
        }
        return anchors.filter(mayHaveSigned).map { ($0, true) }
            + intermediates.filter { mayHaveSigned($0) && isNew($0) && !anchors.contains($0) }.map { ($0, false) }
    }

    /// The chain with `issuer` at its end, when it may stand there.
    private mutating func extend(
        _ chain: [Certificate],
        by issuer: Certificate
    ) throws(TrustChainError) -> [Certificate] {
        guard chain.count < Limits.chainLengthMax else { throw .chainTooLong(limit: Limits.chainLengthMax) }
        guard issuer.isAuthority else { throw .notAuthority(subject: issuer.label) }
        guard issuer.extensions.keyUsage?.contains(.certificateSigning) ?? false else {
            throw .keyUsageMissing(subject: issuer.label, usage: .certificateSigning)
        }
        if let unknown = issuer.extensions.unknownCritical {
            throw .unknownCriticalExtension(unknown.identifier.description)
        }
        try checkPathLength(of: issuer, over: chain)
        try checkNames(of: chain, under: issuer)
        signatureChecks += 1
        try chain.last?.verifySignature(with: issuer.publicKey)
        try issuer.validity.require(now, subject: issuer.label)
        if let reason = revocations.reason(for: issuer) { throw .revoked(serial: issuer.serialNumber, reason: reason) }
        return chain + [issuer]
    }

    /// Self-issued authorities do not count (RFC 5280 §4.2.1.9), and the leaf never does.
    private func checkPathLength(of issuer: Certificate, over chain: [Certificate]) throws(TrustChainError) {
        guard let limit = issuer.extensions.basicConstraints?.pathLength else { return }
        guard chain.dropFirst().count(where: { !$0.isSelfIssued }) <= limit else {
            throw .pathLengthExceeded(subject: issuer.label, limit: limit)
        }
    }

    private func checkNames(of chain: [Certificate], under issuer: Certificate) throws(TrustChainError) {
        guard let constraints = issuer.extensions.nameConstraints else { return }
        for (index, certificate) in chain.enumerated() where index == 0 || !certificate.isSelfIssued {
            try constraints.check(subject: certificate.subject, names: certificate.extensions.names)
        }
    }

    private static func moreTelling(_ first: TrustChainError?, _ second: TrustChainError) -> TrustChainError {
        switch first {
        case nil, .unknownIssuer, .selfSignedUntrusted: second
        case .some(let first): first
        }
    }
}
