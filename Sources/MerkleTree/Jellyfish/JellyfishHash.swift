package import Canonical

/// The hashes of the Jellyfish tree. It is a binary sparse Merkle tree over 256-bit keys in which a subtree without
/// leaves hashes to `empty` and a subtree with one leaf to that leaf, wherever it stands; the 16-ary nodes are only
/// how it is stored.
///
/// Source: Gao, Hu, Wu, "Jellyfish Merkle Tree" (Diem Association, 2021), with deletion.
package enum JellyfishHash {
    /// Hash of a subtree without leaves: 32 zero bytes, which no SHA-256 of an input is known to give.
    package static let empty = Digest.zero

    /// SHA-256(0x10 ‖ key ‖ value hash).
    package static func leaf(key: Digest, valueHash: Digest) -> Digest {
        Digest(prefix: 0x10, key, valueHash)
    }

    /// SHA-256(0x11 ‖ left ‖ right).
    package static func inner(_ left: Digest, _ right: Digest) -> Digest {
        Digest(prefix: 0x11, left, right)
    }

    /// Hash of the subtree at `depth` bits that holds exactly these leaves, ascending by distinct keys which share
    /// their first `depth` bits.
    package static func subtree(of leaves: ArraySlice<JellyfishLeaf>, depth: Int) -> Digest {
        guard let first = leaves.first else { return empty }
        guard leaves.count > 1, depth < 256 else { return first.hash }
        let middle = leaves.firstIndex { $0.key.bit(depth) } ?? leaves.endIndex
        return inner(
            subtree(of: leaves[..<middle], depth: depth + 1), subtree(of: leaves[middle...], depth: depth + 1))
    }
}
