import SwiftASN1

/// Whether a certificate is an authority's, and how many intermediate authorities may follow (RFC 5280 §4.2.1.9).
package struct BasicConstraints: CertificateExtensionValue {
    package let isAuthority: Bool
    /// Most intermediate authorities between this one and a leaf; nil without a limit.
    package let pathLength: Int?

    static let identifier = OID.basicConstraints
    private static let structure = "basic constraints"

    package init(isAuthority: Bool, pathLength: Int? = nil) {
        self.isAuthority = isAuthority
        self.pathLength = pathLength
    }

    init(_ node: ASN1Node) throws(TrustChainError) {
        var reader = try DERReader(node, structure: Self.structure)
        isAuthority = try reader.nextIfPresent(.boolean)?.boolean(structure: Self.structure) ?? false
        let limit = try reader.nextIfPresent(.integer)?.unsigned(structure: Self.structure)
        try reader.finish()
        guard limit == nil || isAuthority else {
            throw .malformed(structure: Self.structure, reason: "a path length on a certificate of no authority")
        }
        pathLength = limit.map { Int(clamping: $0) }
    }

    func serialize(into serializer: inout DER.Serializer) {
        serializer.sequence { serializer in
            if isAuthority { serializer.boolean(true) }
            if let pathLength { serializer.integer(UInt64(clamping: pathLength)) }
        }
    }
}
