package import Canonical
package import Ledger
package import ProofOfState

/// What a chain agrees on: fills blocks, judges them, and takes final ones in order.
package protocol ReplicatedApplication: Sendable {
    /// Takes an operation that may go into a block.
    mutating func admit(_ operation: [UInt8]) throws(AdmissionRefusal) -> OperationID
    /// Whether something could go into the next block.
    var hasOperations: Bool { get }
    /// Operations that wait, whether they could go into the next block or not.
    var waitingCount: Int { get }
    /// A payload on top of `request.parent`; nil when its state cannot be computed here.
    mutating func payload(for request: ProposalRequest) -> BlockPayload?
    /// Whether this node would execute the block.
    mutating func isValid(_ block: Block) -> Bool
    /// Takes a final block; nil when it cannot be executed here.
    mutating func finalize(_ block: Block) -> BlockOutcome?
}

extension BlockLine: ReplicatedApplication {
    package var waitingCount: Int { mempool.count }
}
