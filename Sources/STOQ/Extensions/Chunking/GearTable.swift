import Canonical

/// The table of the gear hash: a random 64-bit number for each byte. Both ends of a transfer may cut with different
/// tables; that the table is fixed lets equal content be cut alike everywhere.
enum GearTable {
    /// First eight bytes, little-endian, of SHA-256("HM/stoq/gear" ‖ byte).
    static let numbers: [UInt64] = (0...255).map { byte in
        let digest = Digest(.gear, [UInt8(byte)])
        return digest.bytes.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
