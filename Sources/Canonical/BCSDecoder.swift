/// Reads Binary Canonical Serialization. Total (every input gives a value or a `BCSError`), bounded (no length in
/// the input makes it reserve more memory than the input has bytes) and strict (one encoding a value).
public struct BCSDecoder: Sendable {
    private let bytes: [UInt8]
    /// Index of the next byte to read.
    public private(set) var offset = 0

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Bytes not read yet.
    public var remaining: Int { bytes.count - offset }

    /// Refuses input that goes on after the value.
    public func finish() throws(BCSError) {
        guard remaining == 0 else { throw .trailingBytes(offset: offset, count: remaining) }
    }

    /// An integer of fixed width, little-endian.
    public mutating func decodeInteger<T: FixedWidthInteger>(_: T.Type = T.self) throws(BCSError) -> T {
        try withFixed(T.bitWidth / 8) { source in
            var value: T = 0
            withUnsafeMutableBytes(of: &value) { $0.copyMemory(from: source) }
            return T(littleEndian: value)
        }
    }

    /// Passes the next `count` bytes, without copying them.
    mutating func withFixed<R>(_ count: Int, _ body: (UnsafeRawBufferPointer) -> R) throws(BCSError) -> R {
        try require(count)
        defer { offset += count }
        return bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count])) }
    }

    /// One byte: 0 or 1.
    public mutating func decodeBool() throws(BCSError) -> Bool {
        let tag = try decodeInteger(UInt8.self)
        guard tag <= 1 else { throw .invalidTag(offset: offset - 1, value: tag) }
        return tag == 1
    }

    /// A UTF-8 string of at most `limit` bytes.
    public mutating func decodeString(limit: Int = BCSLimits.byteVectorMax) throws(BCSError) -> String {
        let start = offset
        let raw = try decodeBytes(limit: limit)
        guard let text = String(validating: raw, as: UTF8.self) else { throw .invalidUTF8(offset: start) }
        return text
    }

    public mutating func decode<T: CanonicalDecodable>(_: T.Type = T.self) throws(BCSError) -> T {
        try T(from: &self)
    }

    public mutating func decodeOption<T: CanonicalDecodable>(_: T.Type = T.self) throws(BCSError) -> T? {
        try decodeBool() ? try T(from: &self) : nil
    }

    /// A sequence of at most `limit` elements.
    public mutating func decodeArray<T: CanonicalDecodable>(
        of _: T.Type = T.self,
        limit: Int = BCSLimits.elementsMax
    ) throws(BCSError) -> [T] {
        let count = try decodeLength(limit: limit)
        var values: [T] = []
        values.reserveCapacity(min(count, remaining))
        for _ in 0..<count { values.append(try T(from: &self)) }
        return values
    }

    /// A vector of at most `limit` bytes.
    public mutating func decodeBytes(limit: Int = BCSLimits.byteVectorMax) throws(BCSError) -> [UInt8] {
        let count = try decodeLength(limit: limit)
        return try decodeFixed(count)
    }

    /// `count` bytes without a length before them.
    public mutating func decodeFixed(_ count: Int) throws(BCSError) -> [UInt8] {
        try withFixed(count) { Array($0) }
    }

    /// A sequence of byte vectors, at most `limit` of them, each of at most `elementLimit` bytes.
    public mutating func decodeList(limit: Int, elementLimit: Int) throws(BCSError) -> [[UInt8]] {
        let count = try decodeLength(limit: limit)
        var values: [[UInt8]] = []
        values.reserveCapacity(min(count, remaining))
        for _ in 0..<count { values.append(try decodeBytes(limit: elementLimit)) }
        return values
    }

    /// The index of an enumeration's case.
    public mutating func decodeVariant() throws(BCSError) -> UInt32 {
        try decodeULEB128()
    }

    /// The count of a sequence, at most `limit`.
    public mutating func decodeLength(limit: Int) throws(BCSError) -> Int {
        let start = offset
        let length = Int(try decodeULEB128())
        guard length <= min(limit, BCSLimits.lengthMax) else {
            throw .lengthOverLimit(offset: start, length: length, limit: limit)
        }
        return length
    }

    private func require(_ count: Int) throws(BCSError) {
        guard count >= 0, remaining >= count else { throw .truncated(offset: offset, missing: count - remaining) }
    }

    private mutating func decodeULEB128() throws(BCSError) -> UInt32 {
        let start = offset
        var value: UInt64 = 0
        for index in 0..<5 {
            let byte = try decodeInteger(UInt8.self)
            value |= UInt64(byte & 0x7f) << UInt64(7 * index)
            guard byte & 0x80 == 0 else { continue }
            let isShortest = index == 0 || byte != 0
            guard isShortest, let result = UInt32(exactly: value) else { throw .nonCanonicalLength(offset: start) }
            return result
        }
        throw .nonCanonicalLength(offset: start)
    }
}
