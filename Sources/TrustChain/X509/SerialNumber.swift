package import Canonical
import SwiftASN1

/// Serial number of a certificate: a positive integer of at most 20 bytes (RFC 5280 §4.1.2.2).
package struct SerialNumber: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Big-endian, without leading zeros.
    package let magnitude: [UInt8]

    private static let bytesMax = 20
    private static let randomByteCount = 16

    /// From 16 random bytes; two bits are given up so that every serial number is positive and has 16 bytes.
    package init(random: [UInt8]) throws(TrustChainError) {
        guard random.count == Self.randomByteCount, let first = random.first, Set(random).count > 1 else {
            throw .serialNotRandom
        }
        magnitude = [first & 0x3f | 0x40] + random.dropFirst()
    }

    /// From a big-endian magnitude; nil when it is zero or longer than 20 bytes.
    package init?(magnitude: some Collection<UInt8>) {
        let digits = Array(magnitude.drop { $0 == 0 })
        guard !digits.isEmpty, digits.count <= Self.bytesMax, digits.count < Self.bytesMax || digits[0] & 0x80 == 0
        else { return nil }
        self.magnitude = digits
    }

    init(_ node: ASN1Node, structure: String) throws(TrustChainError) {
        guard let serial = SerialNumber(magnitude: try node.magnitude(structure: structure)) else {
            throw .malformed(structure: structure, reason: "the serial number is zero or has more than 20 bytes")
        }
        self = serial
    }

    /// Hexadecimal digits.
    package var description: String { Hexadecimal.encode(magnitude) }

    package static func < (left: SerialNumber, right: SerialNumber) -> Bool {
        left.magnitude.count == right.magnitude.count
            ? left.magnitude.lexicographicallyPrecedes(right.magnitude)
            : left.magnitude.count < right.magnitude.count
    }
}

extension SerialNumber: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) { encoder.encodeBytes(magnitude) }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let start = decoder.offset
        let bytes = try decoder.decodeBytes(limit: Self.bytesMax)
        guard let serial = SerialNumber(magnitude: bytes), serial.magnitude == bytes else {
            throw .invalidValue(offset: start, rule: "a serial number is positive and without leading zeros")
        }
        self = serial
    }
}
