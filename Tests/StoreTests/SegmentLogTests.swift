import Canonical
import Testing

@testable import Store

@Suite struct SegmentLogTests {
    private func open(_ disk: MemoryDisk, segmentBytes: Int = 1024) throws -> (SegmentLog<MemoryDisk>, [LogRecord]) {
        var records: [LogRecord] = []
        let log = try SegmentLog(name: "votes", disk: disk, segmentBytes: segmentBytes) { records.append($0) }
        return (log, records)
    }

    @Test func `CRC-32C gives the published check value`() {
        #expect(CRC32C.checksum(Array("123456789".utf8)) == 0xe306_9283)
        #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32)) == 0x8a91_36aa)
    }

    @Test func `CRC-32C of any length is that of its bytes one by one`() {
        var random = SplitMix64(seed: 7)
        for count in 0..<70 {
            let bytes = random.bytes(count)
            var single = CRC32C()
            for byte in bytes { single.update([byte]) }
            #expect(CRC32C.checksum(bytes) == single.value, "\(count) bytes")
        }
    }

    @Test func `gives back what was appended, across segments`() throws {
        var (log, none) = try open(MemoryDisk())
        #expect(none.isEmpty)
        var random = SplitMix64(seed: 1)
        let payloads = (0..<60).map { _ in random.bytes(Int.random(in: 0...200, using: &random)) }
        let positions = try payloads.enumerated().map { try log.append(type: UInt8($0.offset), $0.element) }
        try log.sync()
        for (position, payload) in zip(positions, payloads) { #expect(try log.read(at: position).payload == payload) }
        let (_, records) = try open(log.storage)
        #expect(records.map(\.payload) == payloads)
        #expect(records.map(\.position) == positions)
        #expect(Set(positions.map(\.segment)).count > 3)
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `a crash at any byte keeps every synced record and a prefix of the rest`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<150 {
            var (log, _) = try open(MemoryDisk(), segmentBytes: 512)
            var payloads: [[UInt8]] = []
            var synced = 0
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                payloads.append(random.bytes(Int.random(in: 0...90, using: &random)))
                try log.append(type: 1, payloads[payloads.count - 1])
                guard Bool.random(using: &random) else { continue }
                try log.sync()
                synced = payloads.count
            }
            var disk = log.storage
            disk.crash(survivingBytes: Int.random(in: 0...disk.pendingByteCount, using: &random))
            var (recovered, records) = try open(disk, segmentBytes: 512)
            #expect(records.count >= synced)
            #expect(records.map(\.payload) == Array(payloads.prefix(records.count)), "seed \(seed)")
            // The log goes on after recovery.
            try recovered.append(type: 2, [9])
            try recovered.sync()
            #expect(try open(recovered.storage, segmentBytes: 512).1.last?.payload == [9])
        }
    }

    @Test func `a flipped bit before valid records is reported, not cut off`() throws {
        var (log, _) = try open(MemoryDisk(), segmentBytes: 4096)
        let positions = try (0..<10).map { try log.append(type: 1, [UInt8](repeating: UInt8($0), count: 20)) }
        try log.sync()
        for byte in 0..<29 {
            var disk = log.storage
            disk.flipBit(of: "votes-000000000000.log", byte: positions[4].offset + byte, bit: byte)
            #expect(throws: StoreError.corrupt(log: "votes", segment: 0, offset: positions[4].offset)) {
                _ = try open(disk, segmentBytes: 4096)
            }
        }
    }

    @Test func `a record written to another place is no record`() throws {
        var (log, _) = try open(MemoryDisk())
        let position = try log.append(type: 1, [1, 2, 3])
        try log.sync()
        var disk = log.storage
        let record = try disk.read("votes-000000000000.log", at: position.offset, count: 12)
        try disk.write("votes-000000000000.log", at: position.offset + 12, record)
        disk.sync("votes-000000000000.log")
        let (_, records) = try open(disk)
        #expect(records.count == 1)
    }

    @Test func `a missing or exchanged segment is reported`() throws {
        var (log, _) = try open(MemoryDisk(), segmentBytes: 256)
        for index in 0..<30 { try log.append(type: 1, [UInt8](repeating: UInt8(index), count: 40)) }
        try log.sync()
        var gap = log.storage
        try gap.remove("votes-000000000001.log")
        #expect(throws: StoreError.badSegment(log: "votes", segment: 1, rule: "it is missing")) {
            _ = try open(gap, segmentBytes: 256)
        }
        var exchanged = log.storage
        exchanged.replace("votes-000000000002.log", with: try exchanged.read("votes-000000000001.log"))
        #expect(throws: StoreError.badSegment(log: "votes", segment: 2, rule: "its header is damaged")) {
            _ = try open(exchanged, segmentBytes: 256)
        }
    }

    @Test func `old segments can be removed`() throws {
        var (log, _) = try open(MemoryDisk(), segmentBytes: 256)
        var last = LogPosition(segment: 0, offset: 0)
        for index in 0..<30 { last = try log.append(type: 1, [UInt8](repeating: UInt8(index), count: 40)) }
        try log.sync()
        try log.removeSegments(before: last)
        let (_, records) = try open(log.storage, segmentBytes: 256)
        #expect(records.last?.position == last)
        #expect(records.allSatisfy { $0.position.segment == last.segment })
    }

    @Test func `a directory serves one process at a time and keeps its files`() throws {
        let path = "/tmp/hypermesh-store-\(UInt64.random(in: 0 ... .max))"
        var log: SegmentLog<DirectoryDisk>? = try SegmentLog(
            name: "blocks", disk: DirectoryDisk(path: path), segmentBytes: 4096
        ) { _ in }
        try log?.append(type: 7, [1, 2, 3])
        try log?.sync()
        #expect(throws: StoreError.locked(path: path)) { try DirectoryDisk(path: path) }
        log = nil
        let disk = try DirectoryDisk(path: path)
        var records: [LogRecord] = []
        _ = try SegmentLog(name: "blocks", disk: disk, segmentBytes: 4096) { records.append($0) }
        #expect(records.map(\.payload) == [[1, 2, 3]])
        try disk.replace("snapshot", with: [4, 5])
        #expect(try disk.read("snapshot") == [4, 5])
        for name in try disk.fileNames() { try disk.remove(name) }
    }
}
