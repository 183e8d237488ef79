/// Why a proof about a Merkle log was refused, or could not be made.
package enum LogProofError: Error, Sendable, Hashable {
    /// The entry lies outside the tree or subtree.
    case indexOutOfRange(index: UInt64, start: UInt64, end: UInt64)
    /// The older tree is said to be larger than the newer one.
    case sizesReversed(first: UInt64, second: UInt64)
    /// Every tree extends the empty one: such a proof says nothing.
    case emptyTree
    /// `start` is not a multiple of the power of two that holds `end - start` entries, or the range is not inside
    /// a tree of `size` entries.
    case invalidSubtree(start: UInt64, end: UInt64, size: UInt64)
    /// The proof has more or fewer hashes than trees of these sizes need.
    case wrongProofLength(count: Int)
    /// A hash that is not 32 bytes long.
    case malformedHash(byteCount: Int)
    /// The proof does not lead to the root of the whole tree.
    case rootMismatch
    /// The proof does not lead to the root of the older tree or subtree.
    case olderRootMismatch
}

extension LogProofError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .indexOutOfRange(let index, let start, let end):
            "entry \(index) lies outside the entries \(start)..<\(end)"
        case .sizesReversed(let first, let second):
            "a log of \(second) entries cannot extend one of \(first)"
        case .emptyTree: "a proof from the empty log says nothing"
        case .invalidSubtree(let start, let end, let size):
            "entries \(start)..<\(end) are no subtree of a log of \(size) entries"
        case .wrongProofLength(let count): "a proof of \(count) hashes does not fit trees of these sizes"
        case .malformedHash(let byteCount): "a hash has 32 bytes, not \(byteCount)"
        case .rootMismatch: "the proof does not lead to the root of the log"
        case .olderRootMismatch: "the proof does not lead to the root of the older log"
        }
    }
}
