package import Canonical

/// An append-only RFC 6962 Merkle log with every hash of its complete subtrees, so that it can prove anything about
/// itself at any size that it ever had. It holds hashes (64 bytes an entry), not the entries.
///
/// Appending costs O(log n) hashes at worst and one on average, a root or proof O(log² n) at worst.
package struct LogTree: Sendable {
    /// `levels[h][i]` is the hash of the 2ʰ entries from `i · 2ʰ` on.
    private var levels: [[Digest]] = [[]]

    package init() {}

    /// Count of entries.
    package var size: UInt64 { UInt64(levels[0].count) }

    /// Root of the whole log.
    package var root: Digest { size == 0 ? LogHash.empty : hash(from: 0, to: size) }

    /// Appends an entry and returns its index.
    @discardableResult
    package mutating func append(_ entry: some Collection<UInt8>) -> UInt64 {
        append(leafHash: LogHash.leaf(entry))
    }

    /// Appends an entry of which only the leaf hash is known and returns its index.
    @discardableResult
    package mutating func append(leafHash: Digest) -> UInt64 {
        let index = size
        levels[0].append(leafHash)
        var height = 0
        while levels[height].count.isMultiple(of: 2) {
            let right = levels[height].count - 1
            let parent = LogHash.node(levels[height][right - 1], levels[height][right])
            height += 1
            if height == levels.count { levels.append([]) }
            levels[height].append(parent)
        }
        return index
    }

    /// The leaf hash of entry `index`; nil when there is none.
    package func leafHash(at index: UInt64) -> Digest? {
        index < size ? levels[0][Int(index)] : nil
    }

    /// Root of the first `count` entries.
    package func root(size count: UInt64) throws(LogProofError) -> Digest {
        guard count <= size else { throw .sizesReversed(first: count, second: size) }
        return count == 0 ? LogHash.empty : hash(from: 0, to: count)
    }

    /// Proof that entry `index` is in the log of the first `count` entries.
    package func inclusionProof(index: UInt64, size count: UInt64) throws(LogProofError) -> [Digest] {
        guard index < count, count <= size else {
            throw .indexOutOfRange(index: index, start: 0, end: min(count, size))
        }
        return proof(start: index, end: index + 1, from: 0, to: count, isWhole: true)
    }

    /// Proof that the log of the first `second` entries extends that of the first `first`.
    package func consistencyProof(first: UInt64, second: UInt64) throws(LogProofError) -> [Digest] {
        guard first <= second, second <= size else { throw .sizesReversed(first: first, second: min(second, size)) }
        guard first > 0 else { throw .emptyTree }
        return proof(start: 0, end: first, from: 0, to: second, isWhole: true)
    }

    /// Root of the subtree `start..<end` and the proof that it is part of the log of the first `count` entries.
    package func subtreeProof(
        start: UInt64,
        end: UInt64,
        size count: UInt64
    ) throws(LogProofError) -> (root: Digest, proof: [Digest]) {
        guard end <= count, count <= size, LogProof.isSubtree(start: start, end: end) else {
            throw .invalidSubtree(start: start, end: end, size: min(count, size))
        }
        return (hash(from: start, to: end), proof(start: start, end: end, from: 0, to: count, isWhole: true))
    }

    /// What is needed to go on appending without the hashes below: the state's form of this log.
    package var frontier: LogFrontier {
        var frontier = LogFrontier()
        for hash in levels[0] { frontier.append(leafHash: hash) }
        return frontier
    }

    /// Hash over the entries `first..<end`, a range that the tree's own splitting rule yields.
    private func hash(from first: UInt64, to end: UInt64) -> Digest {
        let count = end - first
        let height = count.trailingZeroBitCount
        if count.nonzeroBitCount == 1, height < levels.count {
            return levels[height][Int(first >> UInt64(height))]
        }
        let middle = first + LogHash.leftCount(of: count)
        return LogHash.node(hash(from: first, to: middle), hash(from: middle, to: end))
    }

    /// SUBTREE_SUBPROOF of draft-ietf-plants-merkle-tree-certs §4.4.1, which is RFC 6962's PATH for one entry and
    /// its SUBPROOF for the first entries. `isWhole`: the verifier knows the subtree's own root already.
    private func proof(start: UInt64, end: UInt64, from first: UInt64, to last: UInt64, isWhole: Bool) -> [Digest] {
        if start == first, end == last { return isWhole ? [] : [hash(from: first, to: last)] }
        let middle = first + LogHash.leftCount(of: last - first)
        if end <= middle {
            return proof(start: start, end: end, from: first, to: middle, isWhole: isWhole)
                + [hash(from: middle, to: last)]
        }
        if start >= middle {
            return proof(start: start, end: end, from: middle, to: last, isWhole: isWhole)
                + [hash(from: first, to: middle)]
        }
        return proof(start: middle, end: end, from: middle, to: last, isWhole: false) + [hash(from: first, to: middle)]
    }
}
