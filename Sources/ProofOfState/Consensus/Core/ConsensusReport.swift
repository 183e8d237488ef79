package import Canonical

/// Something that an operator may want to know.
package enum ConsensusReport: Sendable, Hashable {
    case enteredView(View, leader: ValidatorIndex)
    /// This node's timer ended a view.
    case timedOut(View, deltaNanoseconds: UInt64)
    /// A proposal was not voted for; the text names the rule that it broke.
    case refusedProposal(View, Digest, reason: String)
    /// The application refused a block that a quorum notarized: this node's state or software differs from theirs.
    case certifiedBlockRefused(View, Digest)
    /// Two quorums contradict each other: more than a third of the weight lied. The node stopped voting.
    case conflictingCertificates(View)
    /// The signing key gave no signature.
    case couldNotSign(View)
}
