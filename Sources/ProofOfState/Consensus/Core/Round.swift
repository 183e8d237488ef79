import Canonical

/// What a node knows of one view above the highest finalization.
struct Round: Sendable {
    /// A leader's proposal whose header is well-formed.
    struct Candidate: Sendable {
        let proposal: Proposal
        /// Whether this node refused it for good.
        var isRefused = false
    }

    /// At most `ConsensusLimits.proposalsPerViewMax`, in order of arrival; only an equivocating leader makes two.
    var candidates: [Candidate] = []
    var notarizes = VoteTally()
    var nullifies = VoteTally()
    var finalizes = VoteTally()
    var notarization: Certificate?
    var nullification: Certificate?
    var ownNotarize: Digest?
    var ownFinalize: Digest?
    var didNullify = false
    /// Own votes that are durable and were sent; retries send them again.
    var sentVotes: [Vote] = []
    /// As leader: the application was asked for a payload.
    var isPayloadRequested = false
    /// As leader: a proposal was signed. There is never a second.
    var ownProposal: Proposal?
    /// As leader: the proposal is durable and was sent.
    var isProposalSent = false
    /// As leader: somebody holds operations.
    var isWoken = false
    /// Voters already accused in this view.
    var accused: [ValidatorIndex] = []
}
