import SwiftASN1

/// An ASN.1 object identifier (X.690 §8.19), kept in its encoded form.
package struct OID: Sendable, Hashable, CustomStringConvertible {
    /// The content bytes of the DER encoding.
    package let content: [UInt8]

    /// From its arcs; the first is 0…2, the second below 40 when the first is 0 or 1.
    package init(_ first: UInt64, _ second: UInt64, _ arcs: UInt64...) {
        var content: [UInt8] = []
        OID.append(first &* 40 &+ second, to: &content)
        for arc in arcs { OID.append(arc, to: &content) }
        self.content = content
    }

    init(_ node: ASN1Node, structure: String) throws(TrustChainError) {
        let bytes = try node.primitive(.objectIdentifier, structure: structure)
        guard let last = bytes.last, last & 0x80 == 0, bytes.count <= 64 else {
            throw .malformed(structure: structure, reason: "an object identifier ends within an arc")
        }
        var isAtStart = true
        for byte in bytes {
            guard !isAtStart || byte != 0x80 else {
                throw .malformed(structure: structure, reason: "an arc of an object identifier has leading zeros")
            }
            isAtStart = byte & 0x80 == 0
        }
        content = Array(bytes)
    }

    /// Dotted decimal form. Arcs beyond 64 bits are shown as `?`.
    package var description: String {
        var texts: [String] = []
        var value: UInt64? = 0
        for byte in content {
            value = value.flatMap { $0 >> 57 == 0 ? $0 << 7 | UInt64(byte & 0x7f) : nil }
            guard byte & 0x80 == 0 else { continue }
            texts.append(contentsOf: texts.isEmpty ? OID.firstArcs(value) : [value.map { "\($0)" } ?? "?"])
            value = 0
        }
        return texts.joined(separator: ".")
    }

    private static func firstArcs(_ value: UInt64?) -> [String] {
        guard let value else { return ["2", "?"] }
        let first = min(value / 40, 2)
        return ["\(first)", "\(value - first * 40)"]
    }

    private static func append(_ arc: UInt64, to content: inout [UInt8]) {
        var groups = [UInt8(arc & 0x7f)]
        var rest = arc >> 7
        while rest > 0 {
            groups.append(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
        content.append(contentsOf: groups.reversed())
    }
}
