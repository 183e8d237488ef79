package import Falcon
import SwiftASN1

/// A certificate revocation list, version 2 (RFC 5280 §5), whole or one shard of several.
package struct RevocationList: Sendable, Hashable {
    /// One revoked certificate.
    package struct Entry: Sendable, Hashable {
        package let serialNumber: SerialNumber
        package let date: CertificateTime
        package let reason: RevocationReason

        package init(serialNumber: SerialNumber, date: CertificateTime, reason: RevocationReason) {
            self.serialNumber = serialNumber
            self.date = date
            self.reason = reason
        }
    }

    package let issuer: DistinguishedName
    package let thisUpdate: CertificateTime
    package let nextUpdate: CertificateTime
    /// Counts the issuer's lists; a later list has a larger number.
    package let number: UInt64
    package let authorityKeyIdentifier: [UInt8]
    /// The distribution point whose certificates the list is about; nil when it is about all of the issuer's.
    package let distributionPoint: String?
    /// In the order of serial numbers.
    package let entries: [Entry]
    private let signed: SignedStructure

    static let structure = "revocation list"

    /// Makes and signs a list.
    package init(
        issuer: DistinguishedName,
        thisUpdate: CertificateTime,
        nextUpdate: CertificateTime,
        number: UInt64,
        distributionPoint: String?,
        entries: [Entry],
        key: Falcon1024.PrivateKey
    ) throws(TrustChainError) {
        let fields = RevocationListFields(
            issuer: issuer, thisUpdate: thisUpdate, nextUpdate: nextUpdate, number: number,
            authorityKeyIdentifier: SubjectPublicKeyInfo(key.publicKey).keyIdentifier,
            distributionPoint: distributionPoint, entries: entries.sorted { $0.serialNumber < $1.serialNumber })
        self.init(fields, signed: try SignedStructure(signing: fields.encoded, with: key))
    }

    /// Reads DER. The signature is not checked: see `verifySignature`.
    package init(derEncoded der: [UInt8]) throws(TrustChainError) {
        let (signed, node) = try SignedStructure.parse(
            der, limit: Limits.revocationListBytesMax, structure: Self.structure)
        let fields = try RevocationListFields(node, algorithm: signed.algorithm)
        guard fields.encoded == signed.content else { throw .notDistinguished(structure: Self.structure) }
        self.init(fields, signed: signed)
    }

    /// Reads one PEM block.
    package init(pem: String) throws(TrustChainError) {
        try self.init(derEncoded: PEM.decode(pem, label: PEM.revocationList))
    }

    private init(_ fields: RevocationListFields, signed: SignedStructure) {
        issuer = fields.issuer
        thisUpdate = fields.thisUpdate
        nextUpdate = fields.nextUpdate
        number = fields.number
        authorityKeyIdentifier = fields.authorityKeyIdentifier
        distributionPoint = fields.distributionPoint
        entries = fields.entries
        self.signed = signed
    }

    /// DER of the list.
    package var encoded: [UInt8] { signed.encoded }
    package var pem: String { PEM.encode(encoded, label: PEM.revocationList) }

    /// Checks that the list is the issuer's and in force.
    package func verify(issuer authority: Certificate, now: CertificateTime) throws(TrustChainError) {
        guard authority.subject == issuer, authority.keyIdentifier == authorityKeyIdentifier else {
            throw .revocationListFromOther(issuer: issuer.description)
        }
        guard authority.extensions.keyUsage?.contains(.revocationListSigning) ?? false else {
            throw .keyUsageMissing(subject: authority.label, usage: .revocationListSigning)
        }
        try signed.verify(with: authority.publicKey, subject: "revocation list of \(issuer)")
        guard now >= thisUpdate else { throw .notYetValid(subject: Self.structure, until: thisUpdate) }
        guard now <= nextUpdate else { throw .revocationListExpired(at: nextUpdate) }
    }

    /// Whether the list speaks about `certificate`: same issuer, and the same distribution point when it has one.
    package func covers(_ certificate: Certificate) -> Bool {
        guard certificate.issuer == issuer else { return false }
        guard let distributionPoint else { return true }
        return certificate.extensions.distributionPoints?.uris.contains(distributionPoint) ?? false
    }
}
