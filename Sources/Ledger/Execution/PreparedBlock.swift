package import Canonical

/// What executing a block on one state will change, computed ahead: `LedgerState.execute` takes it when the block is
/// to be executed on that very state.
package struct PreparedBlock: Sendable {
    let context: BlockContext
    /// The block that the changes are relative to.
    let parent: BlockHash
    let changes: [StateChange]
    let receipts: [OperationReceipt]
    let events: [LedgerEvent]
    /// Index and receipt of the first operation that may not be in the block; nil when all may.
    package let refusal: (index: Int, receipt: OperationReceipt)?
    /// Next sequence number of every subject with an operation in the block.
    let nextSequences: [NodeID: UInt64]

    /// Whether it is what this block will change on that state.
    func isMade(for block: BlockContext, on state: LedgerState) -> Bool {
        context == block && parent == state.tip.hash
    }
}
