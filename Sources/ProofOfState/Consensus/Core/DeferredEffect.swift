import Canonical

/// Something that may happen only once a record is durable.
enum DeferredEffect: Sendable {
    case castVote(Vote)
    case sendProposal(Block, Proposal)
    case emit(ConsensusAction)
}
