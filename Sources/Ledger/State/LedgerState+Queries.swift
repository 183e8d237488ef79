package import Canonical
import MerkleTree

extension LedgerState {
    /// The value of a key at a version (the last when nil), with the proof for whoever knows that version's root.
    /// The header of block h + 1 carries the root of version h.
    package func query(_ key: StateKey, version: UInt64? = nil) throws(LedgerError) -> StateProof {
        let version = version ?? height
        guard version <= height, version >= lowestRevertibleHeight else { throw .versionUnavailable(version) }
        let later = undo.first { $0.height > version }
        let before = undo.lazy.filter { $0.height > version }.compactMap { $0.before[key] }.first
        let value = before ?? values[key]
        let tree = JellyfishTree(root: later?.rootBefore ?? root, in: nodes)
        do {
            let proof = try tree.proof(of: Digest(.stateKey, key.bytes))
            return StateProof(key: key, value: value, version: version, proof: proof)
        } catch {
            throw .tree(error)
        }
    }
}
