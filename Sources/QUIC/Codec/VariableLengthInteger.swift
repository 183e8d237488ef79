/// The variable-length integer of RFC 9000 section 16: 1, 2, 4 or 8 bytes, up to 2^62 - 1.
package enum VariableLengthInteger {
    /// The largest value that can be encoded.
    package static let maximum: UInt64 = (1 << 62) - 1

    /// The bytes that the shortest encoding of a value takes: 1, 2, 4 or 8.
    @inline(__always)
    package static func length(_ value: UInt64) -> Int {
        if value < 1 << 6 { return 1 }
        if value < 1 << 14 { return 2 }
        if value < 1 << 30 { return 4 }
        return 8
    }
}

extension [UInt8] {
    /// Appends a value in its shortest variable-length encoding; a value above 2^62 - 1 is cut to that.
    mutating func appendVariableLength(_ value: UInt64) {
        let value = Swift.min(value, VariableLengthInteger.maximum)
        switch VariableLengthInteger.length(value) {
        case 1: append(UInt8(truncatingIfNeeded: value))
        case 2: appendBigEndian(UInt16(truncatingIfNeeded: value) | 0x4000)
        case 4: appendBigEndian(UInt32(truncatingIfNeeded: value) | 0x8000_0000)
        default: appendBigEndian(value | 0xC000_0000_0000_0000)
        }
    }

    /// Appends an integer, most significant byte first.
    mutating func appendBigEndian<Value: FixedWidthInteger>(_ value: Value) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }
}
