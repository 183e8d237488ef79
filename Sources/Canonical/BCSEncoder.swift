/// Writes Binary Canonical Serialization: little-endian integers of fixed width, ULEB128 lengths and variant
/// indices, no padding, no names. Every value has exactly one encoding.
///
/// Source: "Binary Canonical Serialization (BCS)", diem/bcs specification.
public struct BCSEncoder: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []

    public init() {}

    /// An encoder with room for `capacity` bytes before it has to grow.
    public init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    /// An integer in its own width, little-endian.
    @inlinable
    public mutating func encodeInteger<T: FixedWidthInteger>(_ value: T) {
        withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }

    /// One byte: 0 or 1.
    public mutating func encodeBool(_ value: Bool) {
        bytes.append(value ? 1 : 0)
    }

    /// A UTF-8 string with its length in bytes before it.
    public mutating func encodeString(_ value: String) {
        encodeBytes(value.utf8)
    }

    /// Any value with a canonical encoding.
    public mutating func encode(_ value: some CanonicalEncodable) {
        value.encode(to: &self)
    }

    /// An option: 0, or 1 and the value.
    public mutating func encode(_ value: (some CanonicalEncodable)?) {
        encodeBool(value != nil)
        if let value { value.encode(to: &self) }
    }

    /// A sequence: its count, then each element.
    public mutating func encode(_ values: [some CanonicalEncodable]) {
        encodeLength(values.count)
        for value in values { value.encode(to: &self) }
    }

    /// A vector of bytes with its length before it.
    public mutating func encodeBytes(_ value: some Collection<UInt8>) {
        encodeLength(value.count)
        bytes.append(contentsOf: value)
    }

    /// Bytes whose count both sides know; no length is written.
    public mutating func encodeFixed(_ value: some Collection<UInt8>) {
        bytes.append(contentsOf: value)
    }

    /// A sequence of byte vectors.
    public mutating func encodeList(of values: [[UInt8]]) {
        encodeLength(values.count)
        for value in values { encodeBytes(value) }
    }

    /// The index of an enumeration's case; its payload follows.
    public mutating func encodeVariant(_ index: UInt32) {
        encodeULEB128(index)
    }

    /// The count of a sequence. Counts above 2³¹ − 1 cannot occur in memory-bounded values.
    public mutating func encodeLength(_ count: Int) {
        precondition(count <= BCSLimits.lengthMax, "BCS sequence too long")
        encodeULEB128(UInt32(truncatingIfNeeded: count))
    }

    @usableFromInline
    mutating func append(contentsOf raw: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: raw)
    }

    private mutating func encodeULEB128(_ value: UInt32) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }
}
