import Canonical
import MerkleTree

/// The way back over one block.
struct UndoRecord: Sendable {
    /// The block's height: the version that it made.
    let height: UInt64
    let rootBefore: JellyfishRoot
    /// What the changed keys held before.
    let before: [StateKey: [UInt8]?]
    /// Nodes that the block wrote.
    let added: [JellyfishNodeKey]
    /// Nodes that the block no longer needs, kept as long as the way back is.
    let stale: [JellyfishNodeKey]
}
