import SwiftASN1

/// The names that a certificate is for (RFC 5280 §4.2.1.6).
package struct SubjectAlternativeName: CertificateExtensionValue {
    package let names: [GeneralName]

    static let identifier = OID.subjectAlternativeName

    package init(_ names: [GeneralName]) {
        self.names = names
    }

    init(_ node: ASN1Node) throws(TrustChainError) {
        names = try GeneralName.list(node, structure: "subject alternative name")
    }

    func serialize(into serializer: inout DER.Serializer) {
        serializer.sequence { serializer in
            for name in names { name.serialize(into: &serializer) }
        }
    }
}
