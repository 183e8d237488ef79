import SwiftASN1

/// Purposes of a key (RFC 5280 §4.2.1.12).
package struct ExtendedKeyUsage: CertificateExtensionValue {
    package let purposes: [OID]

    static let identifier = OID.extendedKeyUsage
    private static let structure = "extended key usage"

    package init(_ purposes: [OID]) {
        self.purposes = purposes
    }

    init(_ node: ASN1Node) throws(TrustChainError) {
        var found: [OID] = []
        var reader = try DERReader(node, structure: Self.structure)
        while !reader.isAtEnd { found.append(try OID(reader.next(), structure: Self.structure)) }
        guard !found.isEmpty, found.count <= Limits.namesMax else {
            throw .malformed(structure: Self.structure, reason: "\(found.count) purposes")
        }
        purposes = found
    }

    func serialize(into serializer: inout DER.Serializer) {
        serializer.sequence { serializer in
            for purpose in purposes { serializer.objectIdentifier(purpose) }
        }
    }
}
