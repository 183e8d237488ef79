/// Puts a message together. A vector longer than its length field can say marks the writer as overflowed.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []
    private(set) var isOverflowed = false

    mutating func uint8(_ value: UInt8) {
        bytes.append(value)
    }

    mutating func uint16(_ value: UInt16) {
        bytes.append(UInt8(truncatingIfNeeded: value >> 8))
        bytes.append(UInt8(truncatingIfNeeded: value))
    }

    mutating func uint32(_ value: UInt32) {
        uint16(UInt16(truncatingIfNeeded: value >> 16))
        uint16(UInt16(truncatingIfNeeded: value))
    }

    mutating func append(_ more: [UInt8]) {
        bytes += more
    }

    mutating func vector8(_ body: [UInt8]) {
        length(body.count, byteCount: 1)
        bytes += body
    }

    mutating func vector16(_ body: [UInt8]) {
        length(body.count, byteCount: 2)
        bytes += body
    }

    mutating func vector24(_ body: [UInt8]) {
        length(body.count, byteCount: 3)
        bytes += body
    }

    /// A two-byte length before what `build` writes.
    mutating func vector16(_ build: (inout ByteWriter) -> Void) {
        var inner = ByteWriter()
        build(&inner)
        isOverflowed = isOverflowed || inner.isOverflowed
        vector16(inner.bytes)
    }

    private mutating func length(_ count: Int, byteCount: Int) {
        isOverflowed = isOverflowed || count >> (8 * byteCount) != 0
        for shift in (0..<byteCount).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: count >> (8 * shift)))
        }
    }
}
