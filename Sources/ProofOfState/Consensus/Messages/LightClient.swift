/// Follows the chain by headers and certificates only. Inside an epoch one proof jumps any distance; a new epoch's set
/// must be the one that a final header of the epoch before named as its next.
package struct LightClient: Sendable {
    package private(set) var validators: ValidatorSet
    package private(set) var context: SigningContext
    /// The highest header proved final.
    package private(set) var trusted: SealedHeader

    /// - Parameters:
    ///   - trusted: a header known to be final (genesis, or one an operator gives).
    ///   - validators: the set of the epoch in `context`.
    package init(trusted: SealedHeader, validators: ValidatorSet, context: SigningContext) {
        self.trusted = trusted
        self.validators = validators
        self.context = context
    }

    /// Checks a proof completely, signatures included; does not move the client.
    package func verify(_ proof: FinalityProof, checker: some SignatureChecker) throws(ConsensusError) {
        try proof.check(validators: validators, context: context)
        for required in proof.certificate.requiredSignatures(in: context) where !checker.isValid(required) {
            throw .invalidSignature(required.signer)
        }
    }

    /// Verifies `proof` and moves to its header when that is higher.
    package mutating func advance(to proof: FinalityProof, checker: some SignatureChecker) throws(ConsensusError) {
        try verify(proof, checker: checker)
        guard proof.header.height >= trusted.height else { return }
        guard proof.header.height > trusted.height || proof.header == trusted else {
            throw .unrelatedProof(reason: "another header of the same height is already trusted")
        }
        trusted = proof.header
    }

    /// Enters the next epoch: `next` must be the set that the trusted header, final under the old set, names.
    package mutating func enterNextEpoch(with next: ValidatorSet) throws(ConsensusError) {
        guard next.hash == trusted.header.nextValidators else {
            throw .unrelatedProof(reason: "the trusted header names another next validator set")
        }
        validators = next
        context = SigningContext(network: context.network, epoch: context.epoch + 1)
    }
}
