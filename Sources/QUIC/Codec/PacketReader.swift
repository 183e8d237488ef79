/// Reads integers and byte runs from bytes that it does not own. Every read answers nil instead of
/// running over the end.
package struct PacketReader {
    private let bytes: UnsafeRawBufferPointer
    /// The bytes read so far.
    package private(set) var offset = 0

    package init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// The bytes left.
    @inline(__always)
    package var remaining: Int { bytes.count &- offset }

    /// The next byte, without moving on.
    @inline(__always)
    package func peek() -> UInt8? {
        offset < bytes.count ? bytes[offset] : nil
    }

    package mutating func readByte() -> UInt8? {
        guard offset < bytes.count else { return nil }
        defer { offset &+= 1 }
        return bytes[offset]
    }

    package mutating func readInteger<Value: FixedWidthInteger>(_ type: Value.Type) -> Value? {
        let size = MemoryLayout<Value>.size
        guard remaining >= size else { return nil }
        defer { offset &+= size }
        return Value(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Value.self))
    }

    /// A variable-length integer, in any of its encodings.
    package mutating func readVariableLength() -> UInt64? {
        guard let first = peek() else { return nil }
        switch first >> 6 {
        case 0:
            offset &+= 1
            return UInt64(first)
        case 1: return readInteger(UInt16.self).map { UInt64($0 & 0x3FFF) }
        case 2: return readInteger(UInt32.self).map { UInt64($0 & 0x3FFF_FFFF) }
        default: return readInteger(UInt64.self).map { $0 & 0x3FFF_FFFF_FFFF_FFFF }
        }
    }

    package mutating func readBytes(_ count: Int) -> UnsafeRawBufferPointer? {
        guard count >= 0, count <= remaining else { return nil }
        defer { offset &+= count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset &+ count])
    }

    /// A byte run whose length stands before it as a variable-length integer.
    package mutating func readLengthPrefixedBytes() -> UnsafeRawBufferPointer? {
        guard let count = readVariableLength(), count <= UInt64(remaining) else { return nil }
        return readBytes(Int(count))
    }

    /// Everything that is left.
    package mutating func readRest() -> UnsafeRawBufferPointer {
        defer { offset = bytes.count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset...])
    }

    /// Moves over zero bytes, which are PADDING frames.
    package mutating func skipZeros() {
        while offset < bytes.count, bytes[offset] == 0 { offset &+= 1 }
    }
}
