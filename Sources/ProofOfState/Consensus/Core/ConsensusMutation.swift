/// A planted bug. The simulator must find each; production never sets one.
package enum ConsensusMutation: String, Sendable, CaseIterable {
    /// Certificates need one vote less.
    case quorumMinusOne = "quorum-minus-one"
    /// Notarizes every valid proposal of a view.
    case doubleNotarize = "double-notarize"
    /// Votes to finalize views that it voted to nullify.
    case finalizeAfterNullify = "finalize-after-nullify"
    /// Ignores rule 3's gate (needs K > 1).
    case noGate = "no-gate"
    /// Does not store own votes.
    case noVoteLog = "no-vote-log"
    /// Does not store certificates.
    case noCertificateLog = "no-certificate-log"
    /// Notarizes without looking at the parent or the views between.
    case noAncestryCheck = "no-ancestry-check"
    /// Does not store bodies before voting.
    case noBodyLog = "no-body-log"
}
