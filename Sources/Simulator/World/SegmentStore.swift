import Canonical
import ProofOfState
import Store

/// A node's vote and block logs as real segment logs on disks that tear, lose and flip, written and recovered by the
/// node's scheme. It remembers what was written, to know whether recovery tells the truth.
struct SegmentStore: Sendable {
    /// What the logs held when they were opened.
    struct Recovered {
        var tip: FinalTip?
        var records: [ConsensusRecord] = []
    }

    /// One log with what it should hold.
    private struct Log: Sendable {
        var log: SegmentLog<MemoryDisk>
        /// The disk as the crash left it, until the log is opened again.
        var disk: MemoryDisk?
        var written: [[UInt8]] = []
        var durable = 0

        mutating func append(_ payload: [UInt8]) throws(StoreError) -> LogPosition {
            written.append(payload)
            return try log.append(type: SegmentStore.recordType, payload)
        }

        mutating func sync() throws(StoreError) {
            try log.sync()
            durable = written.count
        }

        mutating func crash(_ random: inout SplitMix64) {
            var disk = disk ?? log.storage
            disk.crash(survivingBytes: Int(random.next() % UInt64(disk.pendingByteCount + 1)))
            self.disk = disk
        }

        mutating func flipBit(_ random: inout SplitMix64) {
            var disk = disk ?? log.storage
            guard let file = disk.fileNames().randomElement(using: &random), let bytes = try? disk.read(file),
                let last = bytes.lastIndex(where: { $0 != 0 })
            else { return }
            disk.flipBit(of: file, byte: Int(random.next() % UInt64(last + 1)), bit: Int(random.next() % 8))
            self.disk = disk
        }

        /// Opens the log again; its records.
        mutating func open() throws(StoreError) -> [LogRecord] {
            var records: [LogRecord] = []
            log = try SegmentStore.log(log.name, disk ?? log.storage) { records.append($0) }
            disk = nil
            return records
        }

        /// Takes over what the log gave back: a prefix of what was written, and at least what was durable. Otherwise
        /// says what is wrong.
        mutating func adopt(_ records: [LogRecord], isDamaged: Bool) -> String? {
            defer { durable = written.count }
            let found = records.map(\.payload)
            let known = written
            let promised = durable
            written = found
            guard known.starts(with: found) else { return "log '\(log.name)' came back with records never written" }
            guard found.count >= promised || isDamaged else {
                return "log '\(log.name)' silently lost \(promised - found.count) durable records"
            }
            return nil
        }
    }

    private static let segmentBytes = 32 << 10
    private static let recordType: UInt8 = 1

    private var votes: Log
    private var blocks: Log
    private var blockPositions: [Digest: (height: Height, position: LogPosition)] = [:]
    private var finals: [(block: LogPosition, record: LogPosition)] = []
    /// Whether bits were flipped since the last opening: then the end of a log may be missing.
    private var isDamaged = false
    /// What recovery or a write did that it must not do.
    private(set) var problem: String?

    init() throws(StoreError) {
        votes = Log(log: try SegmentStore.log("votes", MemoryDisk()) { _ in })
        blocks = Log(log: try SegmentStore.log("blocks", MemoryDisk()) { _ in })
    }

    private static func log(
        _ name: String, _ disk: MemoryDisk, replay: (LogRecord) -> Void
    ) throws(StoreError) -> SegmentLog<MemoryDisk> {
        try SegmentLog(name: name, disk: disk, segmentBytes: segmentBytes, replay: replay)
    }

    mutating func append(_ record: ConsensusRecord) {
        do throws(StoreError) {
            try write(record)
        } catch {
            problem = "a record cannot be written: \(error)"
        }
    }

    private mutating func write(_ record: ConsensusRecord) throws(StoreError) {
        let payload = record.canonicalBytes
        switch record {
        case .vote, .proposal, .certificate: _ = try votes.append(payload)
        case .block(let block): blockPositions[block.hash] = (block.height, try blocks.append(payload))
        case .final(let height, _, let hash, _):
            let position = try blocks.append(payload)
            guard let block = blockPositions.removeValue(forKey: hash) else {
                throw .noRecord(log: "blocks", segment: position.segment, offset: position.offset)
            }
            finals.append((block.position, position))
            blockPositions = blockPositions.filter { $0.value.height > height }
        }
    }

    mutating func sync() {
        do throws(StoreError) {
            try blocks.sync()
            try votes.sync()
        } catch {
            problem = "a log cannot be synced: \(error)"
        }
    }

    // MARK: Damage

    /// Loses power: each disk keeps what was synced and any number of bytes after it.
    mutating func crash(random: inout SplitMix64) {
        votes.crash(&random)
        blocks.crash(&random)
    }

    /// Flips some bits, anywhere in what was written.
    mutating func flipBits(random: inout SplitMix64) {
        isDamaged = true
        for _ in 0...(random.next() % 3) {
            if random.next() % 2 == 0 { votes.flipBit(&random) } else { blocks.flipBit(&random) }
        }
    }

    // MARK: Recovery

    /// Opens the logs again, as a starting node does.
    mutating func recover() throws(StoreError) -> Recovered {
        let blockRecords = try blocks.open()
        let voteRecords = try votes.open()
        let isDamaged = isDamaged
        self.isDamaged = false
        let untruths = [
            blocks.adopt(blockRecords, isDamaged: isDamaged), votes.adopt(voteRecords, isDamaged: isDamaged),
        ]
        problem = problem ?? untruths.lazy.compactMap { $0 }.first
        return try scan(blockRecords, votes: voteRecords)
    }

    private mutating func scan(
        _ records: [LogRecord], votes: [LogRecord]
    ) throws(StoreError) -> Recovered {
        var recovered = Recovered()
        var open: [(block: Block, position: LogPosition)] = []
        finals = []
        for entry in records {
            let record = try SegmentStore.decode(entry)
            if case .block(let block) = record { open.append((block, entry.position)) }
            guard case .final(_, _, let hash, let certificate) = record else { continue }
            guard let found = open.first(where: { $0.block.hash == hash }) else {
                throw .noRecord(log: "blocks", segment: entry.position.segment, offset: entry.position.offset)
            }
            finals.append((found.position, entry.position))
            recovered.tip = FinalTip(header: found.block.header, certificate: certificate)
            open.removeAll { $0.block.height <= found.block.height }
        }
        blockPositions = [:]
        for (block, position) in open { blockPositions[block.hash] = (block.height, position) }
        recovered.records = open.map { .block($0.block) }
        for entry in votes { recovered.records.append(try SegmentStore.decode(entry)) }
        return recovered
    }

    private static func decode(_ record: LogRecord) throws(StoreError) -> ConsensusRecord {
        do throws(BCSError) {
            return try ConsensusRecord(canonicalBytes: record.payload)
        } catch {
            throw .corrupt(log: "chain", segment: record.position.segment, offset: record.position.offset)
        }
    }

    // MARK: Reading

    var finalCount: Int { finals.count }

    func finalBlock(at height: Height) -> (block: Block, certificate: Certificate?)? {
        guard height >= 1, height <= UInt64(finals.count) else { return nil }
        let entry = finals[Int(height) - 1]
        guard case .block(let block)? = try? SegmentStore.decode(blocks.log.read(at: entry.block)),
            case .final(_, _, _, let certificate)? = try? SegmentStore.decode(blocks.log.read(at: entry.record))
        else { return nil }
        return (block, certificate)
    }
}
