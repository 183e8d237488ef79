/// Builds and checks the chain from a certificate to a trusted authority (RFC 5280 §6.1). FALCON-1024 all the way.
package struct ChainVerifier: Sendable {
    /// Authorities that are trusted as they are. Their validity and limits count too.
    package let anchors: [Certificate]
    /// Authorities that may stand between; they are trusted only through an anchor.
    package let intermediates: [Certificate]
    package let revocations: RevocationSet

    package init(
        anchors: [Certificate],
        intermediates: [Certificate] = [],
        revocations: RevocationSet = RevocationSet()
    ) {
        self.anchors = anchors
        self.intermediates = intermediates
        self.revocations = revocations
    }

    /// Checks `leaf` for `purpose` at `now` and returns the chain from the leaf to the anchor, both included. Each
    /// reason for refusal is an error of its own. When several chains were tried and none held, the error is the
    /// first one found that is not merely a missing issuer; `tooManyCandidates` when the bound on attempts is reached.
    ///
    /// - Parameter presented: more intermediates, as a peer sent them.
    package func verify(
        _ leaf: Certificate,
        purpose: CertificatePurpose,
        expecting identity: ExpectedIdentity? = nil,
        now: CertificateTime,
        presented: [Certificate] = []
    ) throws(TrustChainError) -> [Certificate] {
        guard intermediates.count + presented.count <= Limits.intermediatesMax else {
            throw .tooLarge(
                structure: "set of intermediates", count: intermediates.count + presented.count,
                limit: Limits.intermediatesMax)
        }
        try checkLeaf(leaf, purpose: purpose, now: now)
        try identity?.check(leaf)
        if anchors.contains(leaf) { return [leaf] }
        var search = ChainSearch(
            anchors: anchors, intermediates: presented + intermediates, revocations: revocations, now: now)
        return try search.complete([leaf])
    }

    private func checkLeaf(
        _ leaf: Certificate,
        purpose: CertificatePurpose,
        now: CertificateTime
    ) throws(TrustChainError) {
        try leaf.signatureAlgorithm.requireFalcon1024(structure: "signature algorithm")
        let node = try leaf.nodeID()
        if let unknown = leaf.extensions.unknownCritical {
            throw .unknownCriticalExtension(unknown.identifier.description)
        }
        try leaf.validity.require(now, subject: leaf.label)
        if let reason = revocations.reason(for: leaf) { throw .revoked(serial: leaf.serialNumber, reason: reason) }
        for name in leaf.extensions.names {
            guard name.identity == nil || name.identity == node else { throw .identityNotOfKey(name.description) }
        }
        try checkPurpose(of: leaf, purpose)
    }

    private func checkPurpose(of leaf: Certificate, _ purpose: CertificatePurpose) throws(TrustChainError) {
        guard purpose != .authority || leaf.isAuthority else { throw .notAuthority(subject: leaf.label) }
        guard leaf.extensions.keyUsage?.isSuperset(of: purpose.keyUsage) ?? false else {
            throw .keyUsageMissing(subject: leaf.label, usage: purpose.keyUsage)
        }
        guard let usage = purpose.extendedUsage else { return }
        guard leaf.extensions.extendedKeyUsage?.purposes.contains(usage) ?? false else {
            throw .purposeMissing(subject: leaf.label, purpose: purpose.description)
        }
    }
}
