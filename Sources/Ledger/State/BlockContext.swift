package import Canonical

/// What a final block gives to the operations in it.
package struct BlockContext: Sendable, Hashable {
    /// One more than the last block's.
    package let height: UInt64
    /// Not before the last block's.
    package let time: Timestamp
    package let hash: BlockHash
    package let parentHash: BlockHash
    package let proposer: NodeID

    package init(height: UInt64, time: Timestamp, hash: BlockHash, parentHash: BlockHash, proposer: NodeID) {
        self.height = height
        self.time = time
        self.hash = hash
        self.parentHash = parentHash
        self.proposer = proposer
    }
}
