package import Canonical
package import MerkleTree

/// A value of the state, or its absence, with the proof that the state of a version says so.
package struct StateProof: Sendable, Hashable {
    package let key: StateKey
    /// nil: the key is absent.
    package let value: [UInt8]?
    /// Height of the block after which the state said so.
    package let version: UInt64
    package let proof: JellyfishProof

    package init(key: StateKey, value: [UInt8]?, version: UInt64, proof: JellyfishProof) {
        self.key = key
        self.value = value
        self.version = version
        self.proof = proof
    }

    /// Checks the proof against the state root of that version, which a final header carries.
    package func verify(stateRoot: Digest) throws(JellyfishError) {
        let update = StateChange(key: key, value: value).treeUpdate
        try proof.verify(key: update.key, valueHash: update.valueHash, root: stateRoot)
    }
}

extension StateProof: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(StateChange(key: key, value: value))
        encoder.encode(version)
        encoder.encode(proof)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let entry = try decoder.decode(StateChange.self)
        key = entry.key
        value = entry.value
        version = try decoder.decode(UInt64.self)
        proof = try decoder.decode(JellyfishProof.self)
    }
}
