import Canonical
import Dispatch
package import ProofOfState
package import Store
import Synchronization

/// The node's three logs (votes, blocks, state) and the queue that writes them. One sync covers all records that
/// came in while the one before ran.
package final class ChainLog: Sendable {
    /// What the logs held when they were opened.
    package struct Recovered: Sendable {
        /// The last final block; nil when there is none yet.
        package var tip: FinalTip?
        /// Final blocks in order of height, by position.
        package var finalBlocks: [LogPosition] = []
        /// Records that consensus has to find again: votes, certificates, blocks above the tip.
        package var records: [ConsensusRecord] = []
    }

    private struct Pending {
        var records: [(WriteID, ConsensusRecord)] = []
        var isScheduled = false
    }

    fileprivate struct Logs {
        var votes: SegmentLog<DirectoryDisk>
        var blocks: SegmentLog<DirectoryDisk>
        /// Where each block that may become final stands.
        var blockPositions: [Digest: (height: Height, position: LogPosition)] = [:]
        /// Final blocks, heights from 1, and where the record of their finality stands.
        var finals: [(block: LogPosition, record: LogPosition)] = []
        /// Highest view of each segment of the vote log that was written or read since the start.
        var voteViews: [UInt64: View] = [:]
    }

    private let pending = Mutex(Pending())
    private let logs: Mutex<Logs>
    private let queue = DispatchQueue(label: "hypermesh.chain-log")

    /// Opens the logs in a directory and gives what they hold.
    package static func open(_ path: String) throws(NodeError) -> (log: ChainLog, recovered: Recovered) {
        try PrivateFile.makeDirectory(path)
        do throws(StoreError) {
            var scan = RecoveryScan()
            let blocks = try SegmentLog(name: "blocks", disk: DirectoryDisk(path: "\(path)/blocks")) {
                (record) throws(StoreError) in try scan.add(record)
            }
            var votes: [ConsensusRecord] = []
            var views: [UInt64: View] = [:]
            let voteLog = try SegmentLog(name: "votes", disk: DirectoryDisk(path: "\(path)/votes")) {
                (record) throws(StoreError) in
                let vote = try RecoveryScan.decode(record)
                votes.append(vote)
                views[record.position.segment] = max(views[record.position.segment] ?? 0, vote.view)
            }
            let logs = Logs(
                votes: voteLog, blocks: blocks, blockPositions: scan.openBlocks, finals: scan.finals, voteViews: views)
            let recovered = Recovered(
                tip: scan.tip, finalBlocks: scan.finals.map(\.block),
                records: scan.records(above: scan.tip?.height ?? 0) + votes)
            return (ChainLog(logs), recovered)
        } catch {
            throw .store(error)
        }
    }

    private init(_ logs: consuming Logs) {
        self.logs = Mutex(logs)
    }

    /// Stores a record; `done` hears the highest id that is durable with all before it.
    package func persist(
        _ id: WriteID,
        _ record: ConsensusRecord,
        done: @escaping @Sendable (Result<WriteID, StoreError>) -> Void
    ) {
        let schedules = pending.withLock { pending in
            pending.records.append((id, record))
            defer { pending.isScheduled = true }
            return !pending.isScheduled
        }
        if schedules { queue.async { [self] in flush(done) } }
    }

    private func flush(_ done: @Sendable (Result<WriteID, StoreError>) -> Void) {
        let records = pending.withLock { pending in
            pending.isScheduled = false
            defer { pending.records.removeAll() }
            return pending.records
        }
        guard let last = records.last?.0 else { return }
        do throws(StoreError) {
            try write(records.map(\.1)).get()
            done(.success(last))
        } catch {
            done(.failure(error))
        }
    }

    private func write(_ records: [ConsensusRecord]) -> Result<Void, StoreError> {
        logs.withLock { logs in
            do throws(StoreError) {
                for record in records { try logs.append(record) }
                // A vote must not outlive the block that it is for.
                try logs.blocks.sync()
                try logs.votes.sync()
                return .success(())
            } catch {
                return .failure(error)
            }
        }
    }

    /// Height of the last final block.
    package var finalHeight: Height { logs.withLock { Height($0.finals.count) } }

    /// The final block at a height from 1.
    package func finalBlock(at height: Height) throws(NodeError) -> Block? {
        let result: Result<Block?, StoreError> = logs.withLock { logs in
            guard height > 0, height <= logs.finals.count else { return .success(nil) }
            do throws(StoreError) {
                let record = try logs.blocks.read(at: logs.finals[Int(height) - 1].block)
                guard case .block(let block) = try RecoveryScan.decode(record) else { return .success(nil) }
                return .success(block)
            } catch {
                return .failure(error)
            }
        }
        do throws(StoreError) { return try result.get() } catch { throw .store(error) }
    }

    /// The certificate that finalized the block at a height, when its record has one.
    package func certificate(at height: Height) throws(NodeError) -> Certificate? {
        let result: Result<Certificate?, StoreError> = logs.withLock { logs in
            guard height > 0, height <= logs.finals.count else { return .success(nil) }
            do throws(StoreError) {
                let record = try logs.blocks.read(at: logs.finals[Int(height) - 1].record)
                guard case .final(_, _, _, let certificate) = try RecoveryScan.decode(record) else {
                    return .success(nil)
                }
                return .success(certificate)
            } catch {
                return .failure(error)
            }
        }
        do throws(StoreError) { return try result.get() } catch { throw .store(error) }
    }

    /// Final blocks from a height up to one whose certificate is stored, within `byteLimit`; nil when there is none.
    package func finalRange(from height: Height, byteLimit: Int = 4 << 20) throws(NodeError) -> FinalRange? {
        var blocks: [Block] = []
        var bytes = 0
        var best: FinalRange?
        var next = height
        while blocks.count < ConsensusLimits.replyBlocksMax, bytes < byteLimit, let block = try finalBlock(at: next) {
            blocks.append(block)
            bytes += block.bodyByteCount + 1024
            if let certificate = try certificate(at: next) {
                best = FinalRange(blocks: blocks, certificate: certificate)
            }
            next += 1
        }
        return best
    }
}

extension ChainLog.Logs {
    fileprivate mutating func append(_ record: ConsensusRecord) throws(StoreError) {
        let payload = record.canonicalBytes
        switch record {
        case .vote, .proposal, .certificate:
            let position = try votes.append(type: RecoveryScan.recordType, payload)
            voteViews[position.segment] = max(voteViews[position.segment] ?? 0, record.view)
        case .block(let block):
            let position = try blocks.append(type: RecoveryScan.recordType, payload)
            blockPositions[block.hash] = (block.height, position)
        case .final(let height, let view, let hash, _):
            try dropVotes(through: view)
            let position = try blocks.append(type: RecoveryScan.recordType, payload)
            guard let block = blockPositions.removeValue(forKey: hash) else {
                throw .noRecord(log: blocks.name, segment: position.segment, offset: position.offset)
            }
            finals.append((block.position, position))
            blockPositions = blockPositions.filter { $0.value.height > height }
        }
    }

    /// Removes segments of the vote log that only tell of views which are final.
    private mutating func dropVotes(through view: View) throws(StoreError) {
        guard voteViews.count > 1, let last = voteViews.keys.max() else { return }
        let live = voteViews.filter { $0.value > view || $0.key == last }.keys.min() ?? last
        guard voteViews.keys.contains(where: { $0 < live }) else { return }
        try votes.removeSegments(before: LogPosition(segment: live, offset: 0))
        voteViews = voteViews.filter { $0.key >= live }
    }
}
