package import Canonical

/// Checks proofs about RFC 6962 logs: that an entry is in a log, and that a log extends an older one.
///
/// All four kinds are one: "the entries `start..<end` have this root, and the log of `size` entries has that root".
/// An inclusion proof says it of one entry, a consistency proof of the first entries. Hashes are bytes here because
/// they come from outside; one that is not 32 bytes long is refused.
///
/// Sources: RFC 6962 §2.1, RFC 9162 §2.1, draft-ietf-plants-merkle-tree-certs §4 (subtrees).
package enum LogProof {
    /// Checks that `leafHash` is entry `index` of the log of `treeSize` entries whose root is `root`.
    package static func verifyInclusion(
        leafHash: [UInt8],
        index: UInt64,
        treeSize: UInt64,
        root: [UInt8],
        proof: [[UInt8]]
    ) throws(LogProofError) {
        guard index < treeSize else { throw .indexOutOfRange(index: index, start: 0, end: treeSize) }
        let leaf = try digest(leafHash)
        let roots = try roots(
            start: index, end: index &+ 1, size: treeSize, subtreeRoot: leaf, proof: digests(proof)[...])
        guard roots.tree == (try digest(root)) else { throw .rootMismatch }
    }

    /// Checks that the log of `secondSize` entries with `secondRoot` begins with the `firstSize` entries whose root
    /// is `firstRoot`.
    package static func verifyConsistency(
        firstSize: UInt64,
        secondSize: UInt64,
        firstRoot: [UInt8],
        secondRoot: [UInt8],
        proof: [[UInt8]]
    ) throws(LogProofError) {
        guard firstSize <= secondSize else { throw .sizesReversed(first: firstSize, second: secondSize) }
        guard firstSize > 0 else { throw .emptyTree }
        try verifySubtreeConsistency(
            start: 0, end: firstSize, size: secondSize, subtreeRoot: firstRoot, root: secondRoot, proof: proof)
    }

    /// Checks that `leafHash` is entry `index` (counted from the log's first entry) of the subtree `start..<end`
    /// whose root is `root`.
    package static func verifySubtreeInclusion(
        leafHash: [UInt8],
        index: UInt64,
        start: UInt64,
        end: UInt64,
        root: [UInt8],
        proof: [[UInt8]]
    ) throws(LogProofError) {
        guard isSubtree(start: start, end: end) else { throw .invalidSubtree(start: start, end: end, size: end) }
        guard index >= start, index < end else { throw .indexOutOfRange(index: index, start: start, end: end) }
        try verifyInclusion(
            leafHash: leafHash, index: index &- start, treeSize: end &- start, root: root, proof: proof)
    }

    /// Checks that the entries `start..<end` of the log of `size` entries with root `root` have the root
    /// `subtreeRoot`. No entries at all have the empty log's root and need no proof.
    package static func verifySubtreeConsistency(
        start: UInt64,
        end: UInt64,
        size: UInt64,
        subtreeRoot: [UInt8],
        root: [UInt8],
        proof: [[UInt8]]
    ) throws(LogProofError) {
        guard end <= size, start == end || isSubtree(start: start, end: end) else {
            throw .invalidSubtree(start: start, end: end, size: size)
        }
        if start == end {
            guard proof.isEmpty else { throw .wrongProofLength(count: proof.count) }
            guard subtreeRoot == LogHash.empty.bytes else { throw .olderRootMismatch }
            return
        }
        if start == 0, end == size {
            guard proof.isEmpty else { throw .wrongProofLength(count: proof.count) }
            guard subtreeRoot == root else { throw .olderRootMismatch }
            return
        }
        let older = try digest(subtreeRoot)
        let newer = try digest(root)
        let roots = try roots(start: start, end: end, size: size, subtreeRoot: older, proof: digests(proof)[...])
        guard roots.subtree == older else { throw .olderRootMismatch }
        guard roots.tree == newer else { throw .rootMismatch }
    }

    /// Whether `start..<end` is a subtree: not empty, and beginning at a multiple of the smallest power of two that
    /// holds its entries.
    package static func isSubtree(start: UInt64, end: UInt64) -> Bool {
        guard start < end else { return false }
        let last = end &- start &- 1
        guard start > 0, last > 0 else { return true }
        let bits = UInt64.bitWidth - last.leadingZeroBitCount
        return start.trailingZeroBitCount >= bits
    }

    /// The roots that the proof computes for the subtree and for the whole tree. `subtreeRoot` is nil once the
    /// proof itself carries the part of the subtree that is left.
    private static func roots(
        start: UInt64,
        end: UInt64,
        size: UInt64,
        subtreeRoot: Digest?,
        proof: ArraySlice<Digest>
    ) throws(LogProofError) -> (subtree: Digest, tree: Digest) {
        if start == 0, end == size {
            let own = subtreeRoot == nil ? proof.first : subtreeRoot
            guard let own, proof.count == (subtreeRoot == nil ? 1 : 0) else {
                throw .wrongProofLength(count: proof.count)
            }
            return (own, own)
        }
        guard let sibling = proof.last else { throw .wrongProofLength(count: 0) }
        let left = LogHash.leftCount(of: size)
        let rest = proof.dropLast()
        if end <= left {
            let below = try roots(start: start, end: end, size: left, subtreeRoot: subtreeRoot, proof: rest)
            return (below.subtree, LogHash.node(below.tree, sibling))
        }
        if start >= left {
            let below = try roots(
                start: start &- left, end: end &- left, size: size &- left, subtreeRoot: subtreeRoot, proof: rest)
            return (below.subtree, LogHash.node(sibling, below.tree))
        }
        let below = try roots(start: 0, end: end &- left, size: size &- left, subtreeRoot: nil, proof: rest)
        return (LogHash.node(sibling, below.subtree), LogHash.node(sibling, below.tree))
    }

    private static func digest(_ bytes: [UInt8]) throws(LogProofError) -> Digest {
        guard let digest = Digest(bytes: bytes) else { throw .malformedHash(byteCount: bytes.count) }
        return digest
    }

    private static func digests(_ proof: [[UInt8]]) throws(LogProofError) -> [Digest] {
        var digests: [Digest] = []
        digests.reserveCapacity(proof.count)
        for hash in proof { digests.append(try digest(hash)) }
        return digests
    }
}

extension LogProof {
    /// Checks that `leafHash` is entry `index` of the log of `treeSize` entries whose root is `root`.
    package static func verifyInclusion(
        leafHash: Digest,
        index: UInt64,
        treeSize: UInt64,
        root: Digest,
        proof: [Digest]
    ) throws(LogProofError) {
        try verifyInclusion(
            leafHash: leafHash.bytes, index: index, treeSize: treeSize, root: root.bytes, proof: proof.map(\.bytes))
    }

    /// Checks that the log of `secondSize` entries extends the log of `firstSize` entries.
    package static func verifyConsistency(
        firstSize: UInt64,
        secondSize: UInt64,
        firstRoot: Digest,
        secondRoot: Digest,
        proof: [Digest]
    ) throws(LogProofError) {
        try verifyConsistency(
            firstSize: firstSize, secondSize: secondSize, firstRoot: firstRoot.bytes, secondRoot: secondRoot.bytes,
            proof: proof.map(\.bytes))
    }
}
