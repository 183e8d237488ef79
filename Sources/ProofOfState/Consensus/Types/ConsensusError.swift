package import Canonical

/// Why something offered to consensus was refused.
package enum ConsensusError: Error, Sendable, Hashable {
    /// A validator set broke a rule, which the text names.
    case invalidValidatorSet(rule: String)
    /// A block's operations do not hash to the roots in its header.
    case bodyDoesNotMatchHeader(Digest)
    /// A certificate's signers do not reach the quorum.
    case belowQuorum(weight: UInt64, quorum: UInt64)
    /// A certificate names a signer twice, out of order, or one that is not in the set.
    case invalidSigner(ValidatorIndex)
    /// A signature did not verify.
    case invalidSignature(ValidatorIndex)
    /// A proof is for another network or epoch, for another validator set, or does not link up; the text says which.
    case unrelatedProof(reason: String)
    /// Two signed statements do not contradict each other.
    case notEvidence(reason: String)
    /// Stored records contradict each other, so the node must not vote; the text says how.
    case inconsistentRecords(reason: String)
}
