import SwiftASN1

/// Where the revocation lists for a certificate are (RFC 5280 §4.2.1.13).
package struct RevocationListDistributionPoints: CertificateExtensionValue {
    /// DER of each distribution point.
    private let points: [[UInt8]]
    /// The URIs of those points that are given by full name without further conditions.
    package let uris: [String]

    static let identifier = OID.revocationListDistributionPoints
    private static let structure = "distribution points"

    package init(uris: [String]) {
        self.uris = uris
        points = uris.map { uri in
            DER.Serializer.bytes { serializer in
                serializer.sequence { $0.tagged(0) { $0.tagged(0) { GeneralName.uri(uri).serialize(into: &$0) } } }
            }
        }
    }

    init(_ node: ASN1Node) throws(TrustChainError) {
        var reader = try DERReader(node, structure: Self.structure)
        var points: [[UInt8]] = []
        var uris: [String] = []
        while !reader.isAtEnd {
            let point = try reader.next()
            points.append(Array(point.encodedBytes))
            uris.append(contentsOf: try Self.uris(of: point))
        }
        guard !points.isEmpty, points.count <= Limits.namesMax else {
            throw .malformed(structure: Self.structure, reason: "\(points.count) points")
        }
        self.points = points
        self.uris = uris
    }

    func serialize(into serializer: inout DER.Serializer) {
        serializer.sequence { serializer in
            for point in points { serializer.serializeRawBytes(point) }
        }
    }

    private static func uris(of point: ASN1Node) throws(TrustChainError) -> [String] {
        var reader = try DERReader(point, structure: structure)
        guard let place = try reader.nextIfExplicit(0), place.identifier == .context(0), reader.isAtEnd else {
            return []
        }
        return try GeneralName.list(place, .context(0), structure: structure).compactMap { name in
            if case .uri(let text) = name { text } else { nil }
        }
    }
}
