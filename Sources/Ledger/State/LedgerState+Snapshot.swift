package import Canonical
import MerkleTree

extension LedgerState {
    /// The whole state as 16^`digits` ranges (`digits` 0 to 4), in the order of their prefixes.
    package func snapshot(digits: Int = 1) throws(LedgerError) -> [SnapshotRange] {
        let length = min(max(digits, 0), 4)
        var buckets = [[(hash: Digest, entry: StateChange)]](repeating: [], count: 1 << (4 * length))
        for (key, value) in values {
            let hash = Digest(.stateKey, key.bytes)
            let bucket = (0..<length).reduce(0) { $0 << 4 | hash.nibble($1) }
            buckets[bucket].append((hash, StateChange(key: key, value: value)))
        }
        let tree = JellyfishTree(root: root, in: nodes)
        var ranges: [SnapshotRange] = []
        for (number, bucket) in buckets.enumerated() {
            var prefix = NibblePath()
            for position in 0..<length { prefix = prefix.appending(number >> (4 * (length - 1 - position))) }
            let entries = bucket.sorted { $0.hash < $1.hash }.map(\.entry)
            do {
                let proof = try tree.rangeProof(of: prefix)
                ranges.append(SnapshotRange(version: height, entries: entries, proof: proof))
            } catch {
                throw .tree(error)
            }
        }
        return ranges
    }

    /// A state from all ranges of a snapshot, each checked against the root that a final header carries, and the
    /// whole once more.
    package init(snapshot ranges: [SnapshotRange], stateRoot: Digest) throws(LedgerError) {
        for range in ranges { try range.verify(stateRoot: stateRoot) }
        let entries = ranges.flatMap(\.entries).compactMap { entry in
            entry.value.map { (key: entry.key, value: $0) }
        }
        try self.init(restoring: entries, stateRoot: stateRoot)
        for range in ranges where range.version != height {
            throw .malformedSnapshot("a range is of version \(range.version), the state of \(height)")
        }
    }
}
