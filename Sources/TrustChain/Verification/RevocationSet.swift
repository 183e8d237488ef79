/// The revoked certificates that a verifier knows of, from revocation lists or from the ledger's state.
package struct RevocationSet: Sendable {
    private struct Key: Hashable {
        let issuer: DistinguishedName
        let serial: SerialNumber
    }

    private var reasons: [Key: RevocationReason] = [:]

    package init() {}

    package var count: Int { reasons.count }

    /// Adds one revoked certificate.
    package mutating func insert(issuer: DistinguishedName, serial: SerialNumber, reason: RevocationReason) {
        reasons[Key(issuer: issuer, serial: serial)] = reason
    }

    /// Adds the entries of a list after checking that it is `issuer`'s and in force. A certificate taken off the
    /// list (`removeFromList`) is taken off here.
    package mutating func insert(
        _ list: RevocationList,
        issuer: Certificate,
        now: CertificateTime
    ) throws(TrustChainError) {
        try list.verify(issuer: issuer, now: now)
        for entry in list.entries {
            let key = Key(issuer: list.issuer, serial: entry.serialNumber)
            reasons[key] = entry.reason == .removeFromList ? nil : entry.reason
        }
    }

    /// Why a certificate is revoked; nil when it is not known to be.
    package func reason(for certificate: Certificate) -> RevocationReason? {
        reasons[Key(issuer: certificate.issuer, serial: certificate.serialNumber)]
    }
}
