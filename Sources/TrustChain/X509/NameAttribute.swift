import SwiftASN1

/// One attribute of a distinguished name: its type and its value as it is encoded.
package struct NameAttribute: Sendable, Hashable {
    package let type: OID
    /// DER of the value, with its string type.
    package let encodedValue: [UInt8]
    /// The value as text; nil when it is of a string type that TrustChain does not read.
    package let text: String?

    private static let structure = "distinguished name"

    /// A UTF-8 value.
    package init(_ type: OID, _ text: String) {
        self.type = type
        self.text = text
        encodedValue = DER.Serializer.bytes { $0.primitive(.utf8String, text.utf8) }
    }

    init(_ node: ASN1Node) throws(TrustChainError) {
        var reader = try DERReader(node, structure: Self.structure)
        type = try OID(reader.next(), structure: Self.structure)
        let value = try reader.next()
        try reader.finish()
        encodedValue = Array(value.encodedBytes)
        text = try Self.text(of: value)
    }

    var encoded: [UInt8] {
        DER.Serializer.bytes { serializer in
            serializer.sequence { serializer in
                serializer.objectIdentifier(type)
                serializer.serializeRawBytes(encodedValue)
            }
        }
    }

    private static func text(of value: ASN1Node) throws(TrustChainError) -> String? {
        guard [.utf8String, .printableString, .ia5String].contains(value.identifier) else { return nil }
        let bytes = try value.primitive(value.identifier, structure: structure)
        guard let text = String(validating: bytes, as: UTF8.self), value.identifier == .utf8String || text.isASCII
        else {
            throw .malformed(structure: structure, reason: "a value is not text of its type")
        }
        return text
    }
}

extension String {
    /// Whether every character is ASCII.
    var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }
}
