import SwiftASN1

extension DER.Serializer {
    /// The DER bytes that `body` writes.
    static func bytes(_ body: (inout DER.Serializer) -> Void) -> [UInt8] {
        var serializer = DER.Serializer()
        body(&serializer)
        return serializer.serializedBytes
    }

    mutating func sequence(_ body: (inout DER.Serializer) -> Void) {
        appendConstructedNode(identifier: .sequence, body)
    }

    /// A constructed `[number]`: an explicit tag, or an implicit one on a SEQUENCE or SET.
    mutating func tagged(_ number: UInt, _ body: (inout DER.Serializer) -> Void) {
        appendConstructedNode(identifier: .context(number), body)
    }

    mutating func primitive(_ identifier: ASN1Identifier, _ bytes: some Sequence<UInt8>) {
        appendPrimitiveNode(identifier: identifier) { $0.append(contentsOf: bytes) }
    }

    mutating func objectIdentifier(_ identifier: OID) {
        primitive(.objectIdentifier, identifier.content)
    }

    mutating func octetString(_ bytes: some Sequence<UInt8>) {
        primitive(.octetString, bytes)
    }

    /// A BIT STRING of whole bytes.
    mutating func bitString(_ bytes: some Sequence<UInt8>) {
        primitive(.bitString, [0] + Array(bytes))
    }

    mutating func boolean(_ value: Bool) {
        primitive(.boolean, [value ? 0xff : 0])
    }

    /// A non-negative INTEGER of the magnitude given big-endian.
    mutating func integer(_ magnitude: some Collection<UInt8>, identifier: ASN1Identifier = .integer) {
        let digits = magnitude.drop { $0 == 0 }
        let needsZero = digits.first.map { $0 & 0x80 != 0 } ?? true
        primitive(identifier, (needsZero ? [0] : []) + Array(digits))
    }

    mutating func integer(_ value: UInt64, identifier: ASN1Identifier = .integer) {
        integer(withUnsafeBytes(of: value.bigEndian) { Array($0) }, identifier: identifier)
    }

    /// A SET OF: its elements in the order of their encodings (X.690 §11.6).
    mutating func set(_ elements: [[UInt8]], identifier: ASN1Identifier = .set) {
        appendConstructedNode(identifier: identifier) { serializer in
            for element in elements.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
                serializer.serializeRawBytes(element)
            }
        }
    }
}
