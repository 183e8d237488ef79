import Canonical
import ProofOfState
import Testing

@Suite struct MempoolTests {
    private func entry(_ subject: UInt8, _ sequence: UInt64, bytes: Int = 100, expiry: UInt64 = 50) -> Mempool.Entry {
        let intent = OperationIntent(
            network: NetworkID(.zero), kind: 1, operation: [], subject: NodeID(Digest(sha256: [subject])),
            sequence: sequence, anchor: Anchor(height: 0, hash: BlockHash(.zero)), expiryHeight: expiry,
            expiryTime: Timestamp(seconds: 100))
        return Mempool.Entry(
            Envelope(intent: intent, proofs: ProofBundle(), signature: []),
            bytes: [UInt8](repeating: subject, count: bytes))
    }

    private func sequences(_ entries: [Mempool.Entry], _ subject: UInt8) -> [UInt64] {
        entries.filter { $0.subject == NodeID(Digest(sha256: [subject])) }.map(\.sequence)
    }

    @Test func `gives operations of a subject in unbroken sequence only`() throws {
        var pool = Mempool()
        for sequence: UInt64 in [3, 1, 0, 5] { try pool.insert(entry(1, sequence)) }
        try pool.insert(entry(2, 0))
        let batch = pool.batch(maximumBytes: 10_000, maximumCount: 100) { _ in 0 }
        #expect(sequences(batch, 1) == [0, 1])
        #expect(sequences(batch, 2) == [0])
        try pool.insert(entry(1, 2))
        #expect(sequences(pool.batch(maximumBytes: 10_000, maximumCount: 100) { _ in 0 }, 1) == [0, 1, 2, 3])
        #expect(sequences(pool.batch(maximumBytes: 10_000, maximumCount: 100) { _ in 2 }, 1) == [2, 3])
        #expect(pool.nextFreeSequence(of: NodeID(Digest(sha256: [1]))) == 6)
    }

    @Test func `keeps the limits of a batch`() throws {
        var pool = Mempool()
        for sequence in 0..<UInt64(10) { try pool.insert(entry(1, sequence)) }
        #expect(pool.batch(maximumBytes: 350, maximumCount: 100) { _ in 0 }.count == 3)
        #expect(pool.batch(maximumBytes: 10_000, maximumCount: 4) { _ in 0 }.count == 4)
    }

    @Test func `refuses duplicates, taken sequences and what exceeds its bounds`() throws {
        var pool = Mempool(byteLimit: 500, subjectByteLimit: 250)
        let first = entry(1, 0)
        try pool.insert(first)
        #expect(throws: MempoolRefusal.duplicate(first.id)) { try pool.insert(first) }
        #expect(throws: MempoolRefusal.sequenceTaken(0)) { try pool.insert(entry(1, 0, expiry: 51)) }
        try pool.insert(entry(1, 1))
        #expect(throws: MempoolRefusal.subjectFull(bytes: 300, limit: 250)) { try pool.insert(entry(1, 2)) }
        try pool.insert(entry(2, 0))
        try pool.insert(entry(2, 1))
        try pool.insert(entry(3, 0))
        #expect(throws: MempoolRefusal.full(bytes: 600, limit: 500)) { try pool.insert(entry(4, 0)) }
        #expect(pool.byteCount == 500)
    }

    @Test func `forgets what entered a block, expired or was overtaken`() throws {
        var pool = Mempool()
        let done = entry(1, 0)
        try pool.insert(done)
        try pool.insert(entry(1, 1, expiry: 10))
        try pool.insert(entry(2, 0))
        try pool.insert(entry(2, 1))
        pool.remove([done.id])
        #expect(pool.count == 3)
        pool.prune(height: 10, time: .zero) { $0 == NodeID(Digest(sha256: [2])) ? 1 : 0 }
        #expect(sequences(pool.batch(maximumBytes: 10_000, maximumCount: 10) { _ in 1 }, 2) == [1])
        #expect(pool.count == 1)
        pool.prune(height: 10, time: Timestamp(seconds: 100)) { _ in 0 }
        #expect(pool.isEmpty)
        #expect(pool.byteCount == 0)
    }
}
