import SwiftASN1

/// From when to when a certificate holds, both seconds included (RFC 5280 §4.1.2.5).
package struct Validity: Sendable, Hashable {
    package let notBefore: CertificateTime
    package let notAfter: CertificateTime

    private static let structure = "validity"

    package init(notBefore: CertificateTime, notAfter: CertificateTime) {
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    init(_ node: ASN1Node) throws(TrustChainError) {
        var reader = try DERReader(node, structure: Self.structure)
        notBefore = try CertificateTime(reader.next(), structure: Self.structure)
        notAfter = try CertificateTime(reader.next(), structure: Self.structure)
        try reader.finish()
        guard notBefore <= notAfter else {
            throw .malformed(structure: Self.structure, reason: "it ends before it begins")
        }
    }

    func serialize(into serializer: inout DER.Serializer) {
        serializer.sequence { serializer in
            notBefore.serialize(into: &serializer)
            notAfter.serialize(into: &serializer)
        }
    }

    /// Length in seconds.
    package var lifetimeSeconds: Int64 { notAfter.seconds - notBefore.seconds }

    /// Refuses a time outside; `subject` names whose validity it is.
    func require(_ now: CertificateTime, subject: @autoclosure () -> String) throws(TrustChainError) {
        guard now >= notBefore else { throw .notYetValid(subject: subject(), until: notBefore) }
        guard now <= notAfter else { throw .expired(subject: subject(), at: notAfter) }
    }
}
