import Canonical

/// First 64 bytes of a segment file: `"HMLOG\0\0\1"` (8) | number (8) | hash of the segment before (32) | zero (12) | crc32c (4).
struct SegmentHeader {
    static let byteCount = 64
    private static let magic: [UInt8] = [0x48, 0x4d, 0x4c, 0x4f, 0x47, 0, 0, 1]

    let number: UInt64
    let previous: Digest

    init(number: UInt64, previous: Digest) {
        self.number = number
        self.previous = previous
    }

    init?(_ bytes: [UInt8]) {
        guard bytes.count >= SegmentHeader.byteCount, bytes.starts(with: SegmentHeader.magic) else { return nil }
        var decoder = BCSDecoder(Array(bytes[8..<SegmentHeader.byteCount]))
        guard let number: UInt64 = try? decoder.decodeInteger(), let previous: Digest = try? decoder.decode(),
            (try? decoder.decodeFixed(12)) != nil, let checksum: UInt32 = try? decoder.decodeInteger(),
            checksum == CRC32C.checksum(bytes[..<(SegmentHeader.byteCount - 4)])
        else { return nil }
        self.init(number: number, previous: previous)
    }

    var bytes: [UInt8] {
        var encoder = BCSEncoder(capacity: SegmentHeader.byteCount)
        encoder.encodeFixed(SegmentHeader.magic)
        encoder.encodeInteger(number)
        encoder.encode(previous)
        encoder.encodeFixed([UInt8](repeating: 0, count: 12))
        encoder.encodeInteger(CRC32C.checksum(encoder.bytes))
        return encoder.bytes
    }
}

/// First nine bytes of a record.
struct RecordHeader {
    /// Bytes of type and payload.
    let length: Int
    let checksum: UInt32
    let type: UInt8

    init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == LogLimits.recordHeaderBytes else { return nil }
        var decoder = BCSDecoder(Array(bytes))
        guard let length: UInt32 = try? decoder.decodeInteger(), let checksum: UInt32 = try? decoder.decodeInteger(),
            let type: UInt8 = try? decoder.decodeInteger(), length > 0, length <= LogLimits.payloadBytesMax + 1
        else { return nil }
        self.length = Int(length)
        self.checksum = checksum
        self.type = type
    }
}

/// Static limits of the logs.
package enum LogLimits {
    /// Size of a segment file: 16 MiB.
    package static let segmentBytes = 16 << 20
    /// Length, checksum and type.
    package static let recordHeaderBytes = 9
    /// Largest payload of one record: 12 MiB.
    package static let payloadBytesMax = 12 << 20
}
