/// CRC-32C (Castagnoli polynomial 0x1EDC6F41, reflected; RFC 3720 appendix B.4), eight bytes a step: `tables[k]` holds
/// what a byte contributes k bytes further on (Kounavis and Berry 2005, "slicing by eight").
package struct CRC32C: Sendable {
    private var state: UInt32 = .max

    package init() {}

    package mutating func update(_ bytes: some Collection<UInt8>) {
        let isContiguous: Void? = bytes.withContiguousStorageIfAvailable { update(UnsafeRawBufferPointer($0)) }
        if isContiguous == nil { Array(bytes).withUnsafeBytes { update($0) } }
    }

    private mutating func update(_ bytes: UnsafeRawBufferPointer) {
        state = CRC32C.tables.withUnsafeBufferPointer { tables in
            func entry(_ table: Int, _ byte: UInt64) -> UInt32 { tables[table << 8 | Int(byte & 0xff)] }
            var value = state
            var index = 0
            while bytes.count - index >= 8 {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                let mixed = word ^ UInt64(value)
                let low = entry(7, mixed) ^ entry(6, mixed >> 8) ^ entry(5, mixed >> 16) ^ entry(4, mixed >> 24)
                value =
                    low ^ entry(3, mixed >> 32) ^ entry(2, mixed >> 40) ^ entry(1, mixed >> 48)
                    ^ entry(0, mixed >> 56)
                index += 8
            }
            while index < bytes.count {
                value = entry(0, UInt64(value) ^ UInt64(bytes[index])) ^ value >> 8
                index += 1
            }
            return value
        }
    }

    package var value: UInt32 { ~state }

    /// Checksum of `bytes` in one call.
    package static func checksum(_ bytes: some Collection<UInt8>) -> UInt32 {
        var crc = CRC32C()
        crc.update(bytes)
        return crc.value
    }

    // Eight tables of 256 entries, one after another.
    private static let tables: [UInt32] = {
        var tables = (0..<256).map { index in
            var entry = UInt32(index)
            for _ in 0..<8 { entry = entry & 1 == 1 ? 0x82f6_3b78 ^ entry >> 1 : entry >> 1 }
            return entry
        }
        for index in 256..<8 * 256 {
            let before = tables[index - 256]
            tables.append(tables[Int(before & 0xff)] ^ before >> 8)
        }
        return tables
    }()
}
