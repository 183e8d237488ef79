import SwiftASN1

/// Which names an authority may certify (RFC 5280 §4.2.1.10).
package struct NameConstraints: CertificateExtensionValue {
    /// Names must lie in one of these, for each form that occurs here.
    package let permitted: [GeneralName]
    /// Names must lie in none of these.
    package let excluded: [GeneralName]

    static let identifier = OID.nameConstraints
    private static let structure = "name constraints"

    package init(permitted: [GeneralName] = [], excluded: [GeneralName] = []) {
        self.permitted = permitted
        self.excluded = excluded
    }

    init(_ node: ASN1Node) throws(TrustChainError) {
        var reader = try DERReader(node, structure: Self.structure)
        permitted = try Self.subtrees(reader.nextIfPresent(.context(0)), .context(0))
        excluded = try Self.subtrees(reader.nextIfPresent(.context(1)), .context(1))
        try reader.finish()
        guard !permitted.isEmpty || !excluded.isEmpty else {
            throw .malformed(structure: Self.structure, reason: "neither permitted nor excluded names")
        }
    }

    func serialize(into serializer: inout DER.Serializer) {
        serializer.sequence { serializer in
            Self.serialize(permitted, tag: 0, into: &serializer)
            Self.serialize(excluded, tag: 1, into: &serializer)
        }
    }

    private static func subtrees(
        _ node: ASN1Node?,
        _ identifier: ASN1Identifier
    ) throws(TrustChainError) -> [GeneralName] {
        guard let node else { return [] }
        var names: [GeneralName] = []
        var reader = try DERReader(node, identifier, structure: structure)
        while !reader.isAtEnd {
            // Minimum and maximum must be left out (RFC 5280 §4.2.1.10).
            var subtree = try DERReader(reader.next(), structure: structure)
            names.append(try GeneralName(subtree.next()))
            try subtree.finish()
        }
        guard !names.isEmpty, names.count <= Limits.namesMax else {
            throw .malformed(structure: structure, reason: "\(names.count) subtrees")
        }
        return names
    }

    private static func serialize(_ names: [GeneralName], tag: UInt, into serializer: inout DER.Serializer) {
        guard !names.isEmpty else { return }
        serializer.tagged(tag) { serializer in
            for name in names {
                serializer.sequence { name.serialize(into: &$0) }
            }
        }
    }
}
