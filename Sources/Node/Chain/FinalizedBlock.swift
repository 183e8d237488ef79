package import Canonical
package import Ledger
package import ProofOfState

/// What watchers of the chain get of each final block.
package struct FinalizedBlock: Sendable {
    package let height: Height
    package let hash: BlockHash
    package let time: Timestamp
    package let receipts: [OperationReceipt]
    package let events: [LedgerEvent]
    /// Root of the state after the block.
    package let stateRoot: Digest
}
