import SwiftASN1

/// A distinguished name (RFC 5280 §4.1.2.4). Two names are equal when their encodings are: stricter than §7.1,
/// which also ignores case and spaces.
package struct DistinguishedName: Sendable, Hashable {
    /// Relative names from the most general on; each is a set of attributes, nearly always one.
    package let relativeNames: [[NameAttribute]]

    private static let structure = "distinguished name"

    /// A name of one attribute a level, in the given order.
    package init(_ attributes: [NameAttribute]) {
        relativeNames = attributes.map { [$0] }
    }

    /// A common name, under an organisation when one is given.
    package init(commonName: String, organization: String? = nil) {
        self.init(
            (organization.map { [NameAttribute(.organizationName, $0)] } ?? [])
                + [NameAttribute(.commonName, commonName)])
    }

    init(_ node: ASN1Node) throws(TrustChainError) {
        var names: [[NameAttribute]] = []
        var reader = try DERReader(node, structure: Self.structure)
        while !reader.isAtEnd { names.append(try Self.relativeName(reader.next())) }
        guard names.count <= Limits.namesMax else {
            throw .tooLarge(structure: Self.structure, count: names.count, limit: Limits.namesMax)
        }
        relativeNames = names
    }

    private static func relativeName(_ node: ASN1Node) throws(TrustChainError) -> [NameAttribute] {
        var attributes: [NameAttribute] = []
        var reader = try DERReader(node, .set, structure: structure)
        while !reader.isAtEnd { attributes.append(try NameAttribute(reader.next())) }
        guard !attributes.isEmpty else { throw .malformed(structure: structure, reason: "an empty relative name") }
        return attributes
    }

    func serialize(into serializer: inout DER.Serializer) {
        serializer.sequence { serializer in
            for attributes in relativeNames { serializer.set(attributes.map(\.encoded)) }
        }
    }

    package var isEmpty: Bool { relativeNames.isEmpty }

    /// DER of the name.
    package var encoded: [UInt8] { DER.Serializer.bytes { serialize(into: &$0) } }

    /// The last common name as text.
    package var commonName: String? {
        relativeNames.joined().last { $0.type == .commonName }?.text
    }

    /// Whether this name lies at or under `base`.
    func isWithin(_ base: DistinguishedName) -> Bool {
        relativeNames.starts(with: base.relativeNames)
    }
}

extension DistinguishedName: CustomStringConvertible {
    private static let shortNames: [OID: String] = [
        .commonName: "CN", .countryName: "C", .localityName: "L", .organizationName: "O", .organizationalUnitName: "OU",
    ]

    /// For people: `O=Example, CN=node 1`. Control characters are shown as `?`.
    package var description: String {
        relativeNames.map { attributes in
            attributes.map { attribute in
                let name = Self.shortNames[attribute.type] ?? attribute.type.description
                return "\(name)=\(Self.printable(attribute.text ?? "?"))"
            }.joined(separator: "+")
        }.joined(separator: ", ")
    }

    private static func printable(_ text: String) -> String {
        String(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? "?" : Character($0) })
    }
}
