package import Canonical

/// What executing a block gave.
package struct BlockOutcome: Sendable {
    package let height: UInt64
    /// Root of the state tree after the block.
    package let stateRoot: Digest
    /// One receipt an operation, in their order.
    package let receipts: [OperationReceipt]
    /// RFC 6962 root over the receipts.
    package let receiptsRoot: Digest
    package let events: [LedgerEvent]
    /// Every key that changed, ascending: what a store has to write.
    package let changes: [StateChange]

    package init(
        height: UInt64, stateRoot: Digest, receipts: [OperationReceipt], receiptsRoot: Digest, events: [LedgerEvent],
        changes: [StateChange]
    ) {
        self.height = height
        self.stateRoot = stateRoot
        self.receipts = receipts
        self.receiptsRoot = receiptsRoot
        self.events = events
        self.changes = changes
    }
}
