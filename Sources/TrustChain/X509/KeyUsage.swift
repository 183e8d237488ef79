import SwiftASN1

/// What a key may do (RFC 5280 §4.2.1.3). Bit n of the raw value is named bit n of the BIT STRING.
package struct KeyUsage: OptionSet, CertificateExtensionValue {
    package let rawValue: UInt16

    package static let digitalSignature = KeyUsage(rawValue: 1 << 0)
    package static let contentCommitment = KeyUsage(rawValue: 1 << 1)
    package static let keyEncipherment = KeyUsage(rawValue: 1 << 2)
    package static let dataEncipherment = KeyUsage(rawValue: 1 << 3)
    package static let keyAgreement = KeyUsage(rawValue: 1 << 4)
    package static let certificateSigning = KeyUsage(rawValue: 1 << 5)
    package static let revocationListSigning = KeyUsage(rawValue: 1 << 6)
    package static let encipherOnly = KeyUsage(rawValue: 1 << 7)
    package static let decipherOnly = KeyUsage(rawValue: 1 << 8)

    /// What a key that only signs can be used for: FALCON keys have no other use.
    package static let signing: KeyUsage = [
        .digitalSignature, .contentCommitment, .certificateSigning, .revocationListSigning,
    ]

    static let identifier = OID.keyUsage
    private static let structure = "key usage"

    package init(rawValue: UInt16) {
        self.rawValue = rawValue & 0x1ff
    }

    init(_ node: ASN1Node) throws(TrustChainError) {
        let bytes = Array(try node.primitive(.bitString, structure: Self.structure))
        guard bytes.count == 2 || bytes.count == 3 else {
            throw .malformed(structure: Self.structure, reason: "1 to 9 named bits expected")
        }
        let bits = (UInt16(bytes[1]) << 8 | (bytes.count == 3 ? UInt16(bytes[2]) : 0)) >> 7
        var value: UInt16 = 0
        for bit in 0..<9 where bits >> (8 - bit) & 1 == 1 { value |= 1 << bit }
        // Unused bits and the padding count are held to the one form by the comparison with the re-encoding.
        guard value != 0 else { throw .malformed(structure: Self.structure, reason: "no bit is set") }
        rawValue = value
    }

    func serialize(into serializer: inout DER.Serializer) {
        var bits: UInt16 = 0
        for bit in 0..<9 where rawValue >> bit & 1 == 1 { bits |= 1 << (15 - bit) }
        let bytes = rawValue > 0xff ? [UInt8(bits >> 8), UInt8(bits & 0xff)] : [UInt8(bits >> 8)]
        let padding = min(bytes.last?.trailingZeroBitCount ?? 0, 7)
        serializer.primitive(.bitString, [UInt8(padding)] + bytes)
    }
}

extension KeyUsage: CustomStringConvertible {
    private static let names = [
        "digitalSignature", "contentCommitment", "keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign",
        "cRLSign", "encipherOnly", "decipherOnly",
    ]

    /// RFC 5280's names of the bits, separated by commas.
    package var description: String {
        Self.names.indices.filter { rawValue >> $0 & 1 == 1 }.map { Self.names[$0] }.joined(separator: ",")
    }
}
