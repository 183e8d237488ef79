/// What a node must do, in the order given.
package enum ConsensusAction: Sendable {
    /// Store the record durably, in the order of ids, then report `ConsensusEvent.persisted`. One sync may cover many.
    case persist(WriteID, ConsensusRecord)
    case send(PeerID, ConsensusMessage)
    /// Send to every other validator, and to observers that follow.
    case broadcast(ConsensusMessage)
    /// Build a payload, then report `ConsensusEvent.payload`.
    case propose(ProposalRequest)
    /// Check the block's operations, state root and receipts root, then report `ConsensusEvent.verdict`. Its parent is
    /// final or was verified before. Own blocks come too.
    case verify(Block)
    /// The block is final and durable; execute it. Heights ascend by 1. The certificate is there when it finalizes this
    /// very block.
    case finalize(Block, Certificate?)
    /// Read final blocks, then report `ConsensusEvent.finalBlocks`.
    case readFinal(FinalReadRequest)
    /// Somebody signed a contradiction.
    case evidence(Evidence)
    /// For logs and metrics; nothing depends on it.
    case report(ConsensusReport)
}
