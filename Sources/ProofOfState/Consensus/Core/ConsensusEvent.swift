package import Canonical

/// What happens to a node. The driver passes events one at a time, with the time, to `Consensus.handle`.
package enum ConsensusEvent: Sendable {
    /// A message came over an authenticated channel, and every one of its `requiredSignatures` verified.
    case received(PeerID, ConsensusMessage)
    /// This record and all before it are durable.
    case persisted(WriteID)
    /// The application's answer to `ConsensusAction.propose`; nil when it cannot build on that parent.
    case payload(ProposalRequest, BlockPayload?)
    /// The application's answer to `ConsensusAction.verify`.
    case verdict(Digest, isValid: Bool)
    /// Whether the mempool holds operations that could go into a block.
    case operationsAvailable(Bool)
    /// The driver's answer to `ConsensusAction.readFinal`: nil when it has none at that height.
    case finalBlocks(FinalReadRequest, FinalRange?)
    /// A channel to a peer opened.
    case connected(PeerID)
    /// `nextDeadline` passed. Harmless when early.
    case deadline
}
