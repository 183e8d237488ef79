import Canonical
import Glibc
import ProofOfState
import Store
import Testing

@testable import Node

@Suite struct ChainLogTests {
    private let folder = Result { try TemporaryFolder() }

    private var path: String { get throws { try folder.get().path + "/store" } }

    private func header(_ height: Height, on parent: Digest, view: View) -> BlockHeader {
        BlockHeader(
            network: NetworkID(Digest(sha256: [1])), epoch: 0, height: height, view: view, parentView: view - 1,
            parentHash: parent, operationsRoot: .zero, stateRoot: .zero, receiptsRoot: .zero, validators: .zero,
            nextValidators: .zero, evidenceRoot: .zero, proposer: 0, time: Timestamp(seconds: height), bodyRoot: .zero)
    }

    private func chain(_ count: Int) -> [Block] {
        var blocks: [Block] = []
        for height in 1...count {
            let parent = blocks.last?.hash ?? .zero
            blocks.append(
                Block(
                    sealing: header(Height(height), on: parent, view: View(height)),
                    operations: [[UInt8](repeating: UInt8(height), count: 40)]))
        }
        return blocks
    }

    private func certificate(_ block: Block) -> Certificate {
        Certificate(kind: .finalize, view: block.view, hash: block.hash, signatures: [.init(voter: 0, bytes: [9])])
    }

    private func final(_ block: Block, isCertified: Bool) -> ConsensusRecord {
        .final(
            height: block.height, view: block.view, hash: block.hash,
            certificate: isCertified ? certificate(block) : nil)
    }

    private func vote(_ view: View) -> ConsensusRecord {
        .vote(Vote(kind: .nullify, view: view, hash: .zero, voter: 1, signature: [1, 2]))
    }

    /// Stores records and waits until they are durable.
    private func store(_ records: [ConsensusRecord], in log: ChainLog) async throws {
        let results = AsyncStream<Result<WriteID, StoreError>> { stream in
            for (index, record) in records.enumerated() {
                log.persist(WriteID(rawValue: UInt64(index) + 1), record) { stream.yield($0) }
            }
        }
        for await result in results where try result.get().rawValue == UInt64(records.count) { return }
    }

    @Test func `an empty directory gives an empty log`() throws {
        let (log, recovered) = try ChainLog.open(path)
        #expect(recovered.tip == nil && recovered.records.isEmpty && recovered.finalBlocks.isEmpty)
        #expect(log.finalHeight == 0)
        #expect(try log.finalBlock(at: 0) == nil)
        #expect(try log.finalBlock(at: 1) == nil)
        #expect(try log.finalRange(from: 1) == nil)
    }

    @Test func `finds final blocks, open ones and votes again`() async throws {
        let blocks = chain(5)
        do {
            let (log, _) = try ChainLog.open(path)
            let records: [ConsensusRecord] =
                blocks.map(ConsensusRecord.block) + [vote(4), vote(5)]
                + blocks.prefix(3).map { final($0, isCertified: $0.height != 2) }
            try await store(records, in: log)
            #expect(log.finalHeight == 3)
        }
        let (log, recovered) = try ChainLog.open(path)
        #expect(recovered.tip?.hash == blocks[2].hash)
        #expect(recovered.tip?.certificate == certificate(blocks[2]))
        #expect(recovered.finalBlocks.count == 3)
        #expect(recovered.records == blocks.suffix(2).map(ConsensusRecord.block) + [vote(4), vote(5)])
        for block in blocks.prefix(3) { #expect(try log.finalBlock(at: block.height) == block) }
        #expect(try log.finalBlock(at: 4) == nil)
        #expect(try log.certificate(at: 2) == nil)
        #expect(try log.certificate(at: 3) == certificate(blocks[2]))
        // The log goes on where it stopped.
        try await store([final(blocks[3], isCertified: true)], in: log)
        #expect(try log.finalBlock(at: 4) == blocks[3])
    }

    @Test func `a range ends at the last block with a certificate of its own`() async throws {
        let blocks = chain(4)
        let (log, _) = try ChainLog.open(path)
        try await store(
            blocks.map(ConsensusRecord.block) + blocks.map { final($0, isCertified: $0.height == 3) }, in: log)
        let range = try #require(try log.finalRange(from: 1))
        #expect(range.blocks == Array(blocks.prefix(3)))
        #expect(range.certificate == certificate(blocks[2]))
        #expect(try log.finalRange(from: 4) == nil)
        #expect(try log.finalRange(from: 9) == nil)
        #expect(try log.finalRange(from: 3)?.blocks == [blocks[2]])
    }

    @Test func `a fork that lost is no open block after a restart`() async throws {
        let blocks = chain(2)
        let fork = Block(sealing: header(1, on: .zero, view: 7), operations: [])
        do {
            let (log, _) = try ChainLog.open(path)
            try await store(
                [.block(fork), .block(blocks[0]), .block(blocks[1]), final(blocks[0], isCertified: true)], in: log)
        }
        #expect(try ChainLog.open(path).recovered.records == [.block(blocks[1])])
    }

    @Test func `a record that was cut off costs only itself`() async throws {
        let blocks = chain(3)
        do {
            let (log, _) = try ChainLog.open(path)
            try await store(
                [.block(blocks[0]), final(blocks[0], isCertified: true), .block(blocks[1]), .block(blocks[2])], in: log)
        }
        try damage("blocks", from: blocks[2].canonicalBytes, keep: 10)
        let (log, recovered) = try ChainLog.open(path)
        #expect(recovered.tip?.hash == blocks[0].hash)
        #expect(recovered.records == [.block(blocks[1])])
        try await store([.block(blocks[2]), final(blocks[1], isCertified: true)], in: log)
        #expect(log.finalHeight == 2)
    }

    @Test func `damage before valid records is reported, not forgotten`() async throws {
        let blocks = chain(3)
        do {
            let (log, _) = try ChainLog.open(path)
            try await store(blocks.map(ConsensusRecord.block), in: log)
        }
        try damage("blocks", from: blocks[0].canonicalBytes, flip: 20)
        #expect {
            _ = try ChainLog.open(path)
        } throws: { error in
            guard case NodeError.store(.corrupt) = error else { return false }
            return true
        }
    }

    @Test func `a final record without its block is refused`() async throws {
        let (log, _) = try ChainLog.open(path)
        await #expect(throws: StoreError.self) {
            try await store([final(chain(1)[0], isCertified: true)], in: log)
        }
    }

    /// Zeroes what follows the first `keep` bytes of `payload` in a log's file, or flips a bit of it.
    private func damage(_ log: String, from payload: [UInt8], keep: Int? = nil, flip: Int? = nil) throws {
        let file = "\(try path)/\(log)/\(log)-000000000000.log"
        var bytes = try PrivateFile.read(file)
        let start = try #require(bytes.firstRange(of: payload)?.lowerBound)
        if let keep {
            bytes.replaceSubrange((start + keep)..., with: repeatElement(0, count: bytes.count - start - keep))
        }
        if let flip { bytes[start + flip] ^= 1 }
        try PrivateFile.write(bytes, to: file)
    }
}
