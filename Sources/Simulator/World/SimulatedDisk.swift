import Canonical
import ProofOfState
import Store

/// A node's three logs as one: records in order of writing, of which a prefix is durable. A crash keeps that prefix
/// and, as luck has it, some records after it; a torn record fails its checksum and counts as lost.
struct SimulatedDisk: Sendable {
    private(set) var records: [ConsensusRecord] = []
    /// Records from before the last start; the life after it numbers its writes from 1.
    private var offset = 0
    private(set) var durable = 0
    private(set) var isSyncing = false

    /// Blocks of durable records.
    private var blocks: [Digest: Block] = [:]
    /// Durable `final` records by height, from height 1.
    private var finals: [(hash: Digest, certificate: Certificate?)] = []

    /// Real segment logs in place of the list of records.
    private(set) var segments: SegmentStore?
    /// Writes of this life, of which `segmentsSynced` are durable: with segments only.
    private var segmentsWritten = 0
    private var segmentsSynced = 0

    init(segments: SegmentStore? = nil) {
        self.segments = segments
    }

    var hasUnsynced: Bool { segments == nil ? durable < records.count : segmentsSynced < segmentsWritten }

    mutating func append(_ record: ConsensusRecord) {
        guard segments == nil else {
            segments?.append(record)
            segmentsWritten += 1
            return
        }
        records.append(record)
    }

    /// Begins a sync; the number of records that it will cover.
    mutating func beginSync() -> Int? {
        guard !isSyncing, hasUnsynced else { return nil }
        isSyncing = true
        return segments == nil ? records.count : segmentsWritten
    }

    /// Ends a sync; the write that is durable now.
    mutating func endSync(covering count: Int) -> WriteID {
        isSyncing = false
        guard segments == nil else {
            segments?.sync()
            segmentsSynced = max(segmentsSynced, count)
            return WriteID(rawValue: UInt64(segmentsSynced))
        }
        index(through: count)
        return WriteID(rawValue: UInt64(max(0, durable - offset)))
    }

    private mutating func index(through count: Int) {
        for position in durable..<max(durable, count) {
            switch records[position] {
            case .block(let block): blocks[block.hash] = block
            case .final(let height, _, let hash, let certificate) where height == UInt64(finals.count) + 1:
                finals.append((hash, certificate))
            case .vote, .proposal, .certificate, .final: break
            }
        }
        durable = max(durable, count)
    }

    /// Loses what was not durable, except for `kept` more records that had reached the platter.
    mutating func crash(keeping kept: Int) {
        let left = min(records.count, durable + kept)
        records.removeLast(records.count - left)
        isSyncing = false
        index(through: left)
        offset = records.count
    }

    /// Loses power with segment logs.
    mutating func crashSegments(random: inout SplitMix64) {
        segments?.crash(random: &random)
        isSyncing = false
        segmentsWritten = 0
        segmentsSynced = 0
    }

    mutating func flipBits(random: inout SplitMix64) { segments?.flipBits(random: &random) }

    /// Opens the segment logs again; nil without any.
    mutating func recoverSegments() throws(StoreError) -> SegmentStore.Recovered? { try segments?.recover() }

    /// A faulty disk that loses even durable records.
    mutating func lose(from position: Int) {
        records.removeLast(records.count - min(records.count, position))
        durable = 0
        blocks = [:]
        finals = []
        index(through: records.count)
        offset = records.count
    }

    var finalCount: Int { segments?.finalCount ?? finals.count }

    /// A durable final block; nil when it or its body is not there.
    func finalBlock(at height: Height) -> (block: Block, certificate: Certificate?)? {
        if let segments { return segments.finalBlock(at: height) }
        guard height >= 1, height <= UInt64(finals.count) else { return nil }
        let entry = finals[Int(height) - 1]
        return blocks[entry.hash].map { ($0, entry.certificate) }
    }

    /// Blocks from a height up to the last certified one that fits into a reply.
    func finalRange(from height: Height) -> FinalRange? {
        var found: [Block] = []
        var result: FinalRange?
        while found.count < ConsensusLimits.replyBlocksMax,
            let (block, certificate) = finalBlock(at: height + UInt64(found.count))
        {
            found.append(block)
            if let certificate { result = FinalRange(blocks: found, certificate: certificate) }
        }
        return result
    }
}
