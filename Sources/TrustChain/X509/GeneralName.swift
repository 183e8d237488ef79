package import Canonical
import SwiftASN1

/// A name in an extension (RFC 5280 §4.2.1.6).
package enum GeneralName: Sendable, Hashable {
    case email(String)
    case dns(String)
    case directory(DistinguishedName)
    case uri(String)
    /// An address of 16 bytes (IPv6); in name constraints address and mask, 32 bytes. Other lengths are carried and
    /// match nothing.
    case address([UInt8])
    /// A form that TrustChain carries without reading it: its tag number and DER.
    case other(tag: UInt, encoded: [UInt8])

    private static let structure = "general name"

    init(_ node: ASN1Node) throws(TrustChainError) {
        guard node.identifier.tagClass == .contextSpecific, node.identifier.tagNumber <= 8 else {
            throw .malformed(structure: Self.structure, reason: "no form of name has the tag \(node.identifier)")
        }
        switch node.identifier.tagNumber {
        case 1: self = .email(try Self.text(node))
        case 2: self = .dns(try Self.text(node))
        case 4:
            var reader = try DERReader(node, .context(4), structure: Self.structure)
            self = .directory(try DistinguishedName(reader.next()))
            try reader.finish()
        case 6: self = .uri(try Self.text(node))
        case 7: self = .address(Array(try node.primitive(.context(7), structure: Self.structure)))
        default: self = .other(tag: node.identifier.tagNumber, encoded: Array(node.encodedBytes))
        }
    }

    func serialize(into serializer: inout DER.Serializer) {
        switch self {
        case .email(let text): serializer.primitive(.context(1), text.utf8)
        case .dns(let text): serializer.primitive(.context(2), text.utf8)
        case .directory(let name): serializer.tagged(4) { name.serialize(into: &$0) }
        case .uri(let text): serializer.primitive(.context(6), text.utf8)
        case .address(let bytes): serializer.primitive(.context(7), bytes)
        case .other(_, let encoded): serializer.serializeRawBytes(encoded)
        }
    }

    /// Reads a SEQUENCE OF names under `identifier`.
    static func list(
        _ node: ASN1Node,
        _ identifier: ASN1Identifier = .sequence,
        structure: String
    ) throws(TrustChainError) -> [GeneralName] {
        var names: [GeneralName] = []
        var reader = try DERReader(node, identifier, structure: structure)
        while !reader.isAtEnd { names.append(try GeneralName(reader.next())) }
        guard !names.isEmpty else { throw .malformed(structure: structure, reason: "an empty list of names") }
        guard names.count <= Limits.namesMax else {
            throw .tooLarge(structure: structure, count: names.count, limit: Limits.namesMax)
        }
        return names
    }

    private static func text(_ node: ASN1Node) throws(TrustChainError) -> String {
        let bytes = try node.primitive(node.identifier, structure: structure)
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw .malformed(structure: structure, reason: "a name is not printable ASCII")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension GeneralName {
    private static let identityScheme = "hypermesh://"

    /// The name of a node or person in the mesh: `hypermesh://` and the id's 64 hexadecimal digits.
    package static func identity(_ node: NodeID) -> GeneralName {
        .uri(identityScheme + node.description)
    }

    /// The node that a `hypermesh://` URI names with its host; nil for every other name.
    package var identity: NodeID? {
        guard case .uri(let text) = self, text.lowercased().hasPrefix(Self.identityScheme) else { return nil }
        return NodeID(hexadecimal: text.dropFirst(Self.identityScheme.count).prefix { !"/:?#".contains($0) })
    }
}

extension GeneralName: CustomStringConvertible {
    /// For people: `dns:api.example`, `uri:hypermesh://…`.
    package var description: String {
        switch self {
        case .email(let text): "email:\(text)"
        case .dns(let text): "dns:\(text)"
        case .directory(let name): "directory:\(name)"
        case .uri(let text): "uri:\(text)"
        case .address(let bytes): "address:\(IPv6Text.describe(bytes))"
        case .other(let tag, _): "form \(tag)"
        }
    }
}
