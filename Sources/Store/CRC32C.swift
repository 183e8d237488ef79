/// CRC-32C (Castagnoli polynomial 0x1EDC6F41, reflected; RFC 3720 appendix B.4).
package struct CRC32C: Sendable {
    private var state: UInt32 = .max

    package init() {}

    package mutating func update(_ bytes: some Sequence<UInt8>) {
        var value = state
        for byte in bytes { value = CRC32C.table[Int(UInt8(truncatingIfNeeded: value) ^ byte)] ^ value >> 8 }
        state = value
    }

    package var value: UInt32 { ~state }

    /// Checksum of `bytes` in one call.
    package static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var crc = CRC32C()
        crc.update(bytes)
        return crc.value
    }

    private static let table: [UInt32] = (0..<256).map { index in
        var entry = UInt32(index)
        for _ in 0..<8 { entry = entry & 1 == 1 ? 0x82f6_3b78 ^ entry >> 1 : entry >> 1 }
        return entry
    }
}
