import Canonical

/// Where a record stands: its segment and the byte of its first length byte.
package struct LogPosition: Sendable, Hashable {
    package let segment: UInt64
    package let offset: Int

    package init(segment: UInt64, offset: Int) {
        self.segment = segment
        self.offset = offset
    }
}

/// One record of a log.
package struct LogRecord: Sendable, Hashable {
    package let position: LogPosition
    /// What the payload is; each log has its own numbers.
    package let type: UInt8
    package let payload: [UInt8]
}

/// An append-only log over preallocated segment files.
///
/// A segment is a 64-byte header (`SegmentHeader`) and records `length (4) | crc32c (4) | type (1) | payload`, integers
/// little-endian; `length` counts type and payload and is never 0, so zero bytes end a segment. The checksum also
/// covers the segment's number and the record's offset, so a misdirected write is no valid record.
///
/// Recovery cuts off a torn tail. A bad record with a valid one after it is damage and is reported, never cut off.
package struct SegmentLog<Storage: Disk> {
    package let name: String
    private let segmentBytes: Int
    private var disk: Storage
    private var segment: UInt64
    private var end: Int
    private var previousHash: Digest
    private var unsynced = false

    /// Opens the log and gives every record to `replay`, oldest first.
    package init(
        name: String,
        disk: Storage,
        segmentBytes: Int = LogLimits.segmentBytes,
        replay: (LogRecord) throws(StoreError) -> Void
    ) throws(StoreError) {
        self.name = name
        self.disk = disk
        self.segmentBytes = segmentBytes
        segment = 0
        end = 0
        previousHash = .zero
        try recover(replay)
    }

    /// The disk, for a simulator that goes on with it after a crash.
    package var storage: Storage { disk }

    /// Adds a record; it is durable after the next `sync`.
    @discardableResult
    package mutating func append(type: UInt8, _ payload: [UInt8]) throws(StoreError) -> LogPosition {
        let size = LogLimits.recordHeaderBytes + payload.count
        guard payload.count <= LogLimits.payloadBytesMax else {
            throw .recordTooLarge(bytes: payload.count, limit: LogLimits.payloadBytesMax)
        }
        if end > SegmentHeader.byteCount, end + size > segmentBytes { try rotate() }
        let position = LogPosition(segment: segment, offset: end)
        try disk.write(fileName(segment), at: end, encode(type: type, payload, at: position))
        end += size
        unsynced = true
        return position
    }

    /// Makes everything appended durable.
    package mutating func sync() throws(StoreError) {
        guard unsynced else { return }
        try disk.sync(fileName(segment))
        unsynced = false
    }

    /// Reads one record again.
    package func read(at position: LogPosition) throws(StoreError) -> LogRecord {
        let file = fileName(position.segment)
        let header = try disk.read(file, at: position.offset, count: LogLimits.recordHeaderBytes)
        guard let size = RecordHeader(header)?.length else { throw absent(position) }
        let bytes = try disk.read(file, at: position.offset, count: LogLimits.recordHeaderBytes - 1 + size)
        guard let record = decode(bytes[...], at: position) else { throw absent(position) }
        return record
    }

    /// Removes whole segments that lie before `position`'s.
    package mutating func removeSegments(before position: LogPosition) throws(StoreError) {
        for number in try segmentNumbers() where number < position.segment && number < segment {
            try disk.remove(fileName(number))
        }
    }

    /// Starts a new segment, so that what follows can outlive what came before.
    package mutating func rotate() throws(StoreError) {
        try sync()
        let old = try disk.read(fileName(segment), at: 0, count: end)
        try startSegment(segment + 1, after: Digest(.segment, old))
    }
}

extension SegmentLog: Sendable where Storage: Sendable {}

extension SegmentLog {
    private func fileName(_ number: UInt64) -> String {
        let digits = String(number)
        return "\(name)-\(String(repeating: "0", count: max(0, 12 - digits.count)))\(digits).log"
    }

    private func segmentNumbers() throws(StoreError) -> [UInt64] {
        try disk.fileNames().compactMap { file in
            guard file.hasPrefix("\(name)-"), file.hasSuffix(".log") else { return nil }
            return UInt64(file.dropFirst(name.utf8.count + 1).dropLast(4))
        }.sorted()
    }

    private mutating func startSegment(_ number: UInt64, after hash: Digest) throws(StoreError) {
        try disk.create(fileName(number), size: segmentBytes)
        try disk.write(fileName(number), at: 0, SegmentHeader(number: number, previous: hash).bytes)
        try disk.sync(fileName(number))
        segment = number
        previousHash = hash
        end = SegmentHeader.byteCount
    }

    private mutating func recover(_ replay: (LogRecord) throws(StoreError) -> Void) throws(StoreError) {
        var numbers = try segmentNumbers()
        // A crash between making a segment's file and its header leaves an empty last segment.
        if let last = numbers.last, try isBlank(last) {
            try disk.remove(fileName(last))
            numbers.removeLast()
        }
        guard let first = numbers.first, let last = numbers.last else { return try startSegment(0, after: .zero) }
        var expectedHash: Digest?
        for (index, number) in numbers.enumerated() {
            guard number == first + UInt64(index) else {
                throw .badSegment(log: name, segment: first + UInt64(index), rule: "it is missing")
            }
            let bytes = try disk.read(fileName(number))
            let header = try checkedHeader(bytes, number: number, follows: expectedHash)
            let tail = try scan(bytes, number: number, mayBeTorn: number == last, replay)
            expectedHash = Digest(.segment, bytes[..<tail])
            guard number == last else { continue }
            segment = number
            previousHash = header.previous
            end = tail
        }
        try eraseTornTail()
    }

    private func isBlank(_ number: UInt64) throws(StoreError) -> Bool {
        let bytes = try disk.read(fileName(number))
        return SegmentHeader(bytes) == nil && bytes.dropFirst(SegmentHeader.byteCount).allSatisfy { $0 == 0 }
    }

    private func checkedHeader(
        _ bytes: [UInt8],
        number: UInt64,
        follows hash: Digest?
    ) throws(StoreError) -> SegmentHeader {
        guard let header = SegmentHeader(bytes), header.number == number else {
            throw .badSegment(log: name, segment: number, rule: "its header is damaged")
        }
        guard hash == nil || header.previous == hash else {
            throw .badSegment(log: name, segment: number, rule: "the segment before it is not the one it follows")
        }
        return header
    }

    /// Replays a segment's records and returns the byte after the last one.
    private func scan(
        _ bytes: [UInt8],
        number: UInt64,
        mayBeTorn: Bool,
        _ replay: (LogRecord) throws(StoreError) -> Void
    ) throws(StoreError) -> Int {
        var offset = SegmentHeader.byteCount
        while let record = decode(bytes[offset...], at: LogPosition(segment: number, offset: offset)) {
            try replay(record)
            offset += LogLimits.recordHeaderBytes + record.payload.count
        }
        let isClean = bytes[offset...].allSatisfy { $0 == 0 }
        guard isClean || (mayBeTorn && !hasRecord(bytes, after: offset, number: number)) else {
            throw .corrupt(log: name, segment: number, offset: offset)
        }
        return offset
    }

    private func hasRecord(_ bytes: [UInt8], after offset: Int, number: UInt64) -> Bool {
        guard offset + 1 < bytes.count else { return false }
        return (offset + 1..<bytes.count).contains { start in
            bytes[start] != 0
                && decode(bytes[start...], at: LogPosition(segment: number, offset: start)) != nil
        }
    }

    private mutating func eraseTornTail() throws(StoreError) {
        let file = fileName(segment)
        let rest = try disk.read(file, at: end, count: max(0, segmentBytes - end))
        guard let last = rest.lastIndex(where: { $0 != 0 }) else { return }
        try disk.write(file, at: end, [UInt8](repeating: 0, count: last + 1))
        try disk.sync(file)
    }

    private func encode(type: UInt8, _ payload: [UInt8], at position: LogPosition) -> [UInt8] {
        var encoder = BCSEncoder(capacity: payload.count + LogLimits.recordHeaderBytes)
        encoder.encodeInteger(UInt32(truncatingIfNeeded: payload.count + 1))
        encoder.encodeInteger(checksum(type: type, payload[...], at: position))
        encoder.encodeInteger(type)
        encoder.encodeFixed(payload)
        return encoder.bytes
    }

    private func decode(_ bytes: ArraySlice<UInt8>, at position: LogPosition) -> LogRecord? {
        guard let header = RecordHeader(bytes.prefix(LogLimits.recordHeaderBytes)) else { return nil }
        let body = bytes.dropFirst(LogLimits.recordHeaderBytes).prefix(header.length - 1)
        guard body.count == header.length - 1, checksum(type: header.type, body, at: position) == header.checksum else {
            return nil
        }
        return LogRecord(position: position, type: header.type, payload: Array(body))
    }

    private func checksum(type: UInt8, _ payload: ArraySlice<UInt8>, at position: LogPosition) -> UInt32 {
        var encoder = BCSEncoder(capacity: 24)
        encoder.encodeInteger(position.segment)
        encoder.encodeInteger(UInt64(position.offset))
        encoder.encodeInteger(type)
        var crc = CRC32C()
        crc.update(encoder.bytes)
        crc.update(payload)
        return crc.value
    }

    private func absent(_ position: LogPosition) -> StoreError {
        .noRecord(log: name, segment: position.segment, offset: position.offset)
    }
}

extension HashDomain {
    /// Content of a log segment, which the next segment's header names.
    static let segment = HashDomain("HM/segment/v1")
}
