import Canonical
import MerkleTree

/// Updates a second of the state tree at a million keys: grows it in batches, then measures batches of changes.
@main
struct JellyfishBenchmark {
    static func main() throws {
        let keys = 1_000_000
        let clock = ContinuousClock()
        var store = JellyfishMemoryStore()
        var root = JellyfishRoot.empty
        var random = SplitMix64(seed: 1)
        var known: [Digest] = []
        known.reserveCapacity(keys)
        var version: UInt64 = 0
        let growth = try clock.measure {
            while known.count < keys {
                let batch = (0..<50_000).map { _ in Digest(bytes: random.bytes(32)) ?? .zero }
                known += batch
                version += 1
                root = try apply(batch, root: root, version: version, &store)
            }
        }
        print("grew to \(known.count) keys, \(store.count) nodes: \(rate(keys, growth)) updates/s")
        for size in [1_000, 4_000, 16_000] {
            let batches = 64_000 / size
            let changes = try clock.measure {
                for _ in 0..<batches {
                    let batch = (0..<size).map { _ in known[Int.random(in: 0..<known.count, using: &random)] }
                    version += 1
                    root = try apply(batch, root: root, version: version, &store)
                }
            }
            print("batches of \(size): \(rate(batches * size, changes)) updates/s")
        }
        print("root \(root.hash)")
    }

    private static func apply(
        _ keys: [Digest], root: JellyfishRoot, version: UInt64, _ store: inout JellyfishMemoryStore
    ) throws -> JellyfishRoot {
        let valueHash = Digest(sha256: [UInt8(truncatingIfNeeded: version), UInt8(truncatingIfNeeded: version >> 8)])
        let updates = keys.map { JellyfishUpdate(key: $0, valueHash: valueHash) }
        let change = try JellyfishTree(root: root, in: store).updated(with: updates, version: version)
        store.insert(change.added)
        store.remove(change.stale)
        return change.root
    }

    private static func rate(_ count: Int, _ duration: Duration) -> Int {
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
        return Int(Double(count) / seconds)
    }
}
