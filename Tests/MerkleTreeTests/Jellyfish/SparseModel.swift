import Canonical
import MerkleTree

/// The tree as its definition says it, over a dictionary and without any storage: slow and obvious.
struct SparseModel {
    var values: [Digest: Digest] = [:]

    var root: Digest {
        hash(values.map { ($0.key, $0.value) }, 0)
    }

    private func hash(_ pairs: [(Digest, Digest)], _ depth: Int) -> Digest {
        guard let first = pairs.first else { return .zero }
        guard pairs.count > 1 else { return Digest(sha256: [0x10] + first.0.bytes + first.1.bytes) }
        let left = hash(pairs.filter { !$0.0.bit(depth) }, depth + 1)
        let right = hash(pairs.filter { $0.0.bit(depth) }, depth + 1)
        return Digest(sha256: [0x11] + left.bytes + right.bytes)
    }
}
