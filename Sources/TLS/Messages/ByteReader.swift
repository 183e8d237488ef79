/// Takes a message apart; every step is checked against what is left.
struct ByteReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    /// The next `count` bytes of `field`.
    mutating func take(_ count: Int, _ field: String) throws(TLSError) -> [UInt8] {
        guard count >= 0, count <= bytes.count - position else { throw .decode("\(field): too short") }
        defer { position += count }
        return Array(bytes[position..<position + count])
    }

    mutating func uint8(_ field: String) throws(TLSError) -> UInt8 {
        guard position < bytes.count else { throw .decode("\(field): too short") }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func uint16(_ field: String) throws(TLSError) -> UInt16 {
        UInt16(try uint8(field)) << 8 | UInt16(try uint8(field))
    }

    mutating func uint24(_ field: String) throws(TLSError) -> Int {
        Int(try uint8(field)) << 16 | Int(try uint16(field))
    }

    mutating func uint32(_ field: String) throws(TLSError) -> UInt32 {
        UInt32(try uint16(field)) << 16 | UInt32(try uint16(field))
    }

    /// A vector with a one-byte length in `range`.
    mutating func vector8(_ field: String, _ range: ClosedRange<Int> = 0...255) throws(TLSError) -> [UInt8] {
        let count = Int(try uint8(field))
        return try vector(count, field, range)
    }

    /// A vector with a two-byte length in `range`.
    mutating func vector16(_ field: String, _ range: ClosedRange<Int> = 0...0xFFFF) throws(TLSError) -> [UInt8] {
        let count = Int(try uint16(field))
        return try vector(count, field, range)
    }

    /// A vector with a three-byte length in `range`.
    mutating func vector24(_ field: String, _ range: ClosedRange<Int> = 0...0xFF_FFFF) throws(TLSError) -> [UInt8] {
        let count = try uint24(field)
        return try vector(count, field, range)
    }

    private mutating func vector(_ count: Int, _ field: String, _ range: ClosedRange<Int>) throws(TLSError) -> [UInt8] {
        guard range.contains(count) else { throw .decode("\(field): length \(count) not in \(range)") }
        return try take(count, field)
    }

    /// A list of two-byte values, at least one.
    static func uint16List(_ bytes: [UInt8], _ field: String) throws(TLSError) -> [UInt16] {
        guard !bytes.isEmpty, bytes.count % 2 == 0 else { throw .decode("\(field): bad length \(bytes.count)") }
        return stride(from: 0, to: bytes.count, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
    }

    /// Refuses bytes left over after `field`.
    func finish(_ field: String) throws(TLSError) {
        guard isAtEnd else { throw .decode("\(field): \(bytes.count - position) bytes too many") }
    }
}
