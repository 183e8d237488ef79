package import Canonical
package import Catalog
package import TrustChain

/// What watchers learn of a block, in the order in which it happened.
package enum LedgerEvent: Sendable, Hashable {
    case identityRegistered(NodeID)
    case plotUpdated(NodeID)
    case transferred(from: NodeID, to: NodeID, amount: Amount, memo: [UInt8])
    case bonded(NodeID, amount: Amount)
    case assetsOffered(NodeID)
    case offerWithdrawn(NodeID)
    case programPublished(ProgramID, name: String, by: NodeID)
    case programYanked(ProgramID)
    case jobAssigned(JobID, requester: NodeID, providers: [NodeID])
    case receiptCommitted(JobID, by: NodeID)
    /// Providers may now open their receipts.
    case jobRevealing(JobID)
    case receiptRevealed(JobID, by: NodeID)
    case jobSettled(JobID, JobSettlement)
    case jobFailed(JobID, JobFailure)
    case evidenceRecorded(Digest, offender: NodeID?, forfeited: Amount)
    case trust(TrustEvent)
}
