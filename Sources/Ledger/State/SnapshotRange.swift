package import Canonical
package import MerkleTree

/// All entries of a state whose keys hash to one prefix, with the proof that they are all. Ranges are checked one by
/// one, so a lying peer is known by its first range.
package struct SnapshotRange: Sendable, Hashable {
    /// Entries of one range at most.
    package static let entriesMax = 1 << 20

    /// Height of the block after which the state held them.
    package let version: UInt64
    /// Ascending by the hash of their keys.
    package let entries: [StateChange]
    package let proof: JellyfishRangeProof

    package init(version: UInt64, entries: [StateChange], proof: JellyfishRangeProof) {
        self.version = version
        self.entries = entries
        self.proof = proof
    }

    /// Checks the entries against the state root of that version.
    package func verify(stateRoot: Digest) throws(LedgerError) {
        var leaves: [JellyfishLeaf] = []
        leaves.reserveCapacity(entries.count)
        for entry in entries {
            let update = entry.treeUpdate
            guard let valueHash = update.valueHash else { throw .malformedSnapshot("an entry has no value") }
            leaves.append(JellyfishLeaf(key: update.key, valueHash: valueHash))
        }
        do {
            try proof.verify(leaves: leaves, root: stateRoot)
        } catch {
            throw .tree(error)
        }
    }
}

extension SnapshotRange: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(version)
        encoder.encode(entries)
        encoder.encode(proof)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        version = try decoder.decode(UInt64.self)
        entries = try decoder.decodeArray(of: StateChange.self, limit: SnapshotRange.entriesMax)
        proof = try decoder.decode(JellyfishRangeProof.self)
    }
}
