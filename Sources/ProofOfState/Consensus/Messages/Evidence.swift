package import Canonical

/// Two signatures of one key that no correct validator makes. Complete in itself: anyone can check it, nothing else
/// slashes. A nullify and a later finalize of one term are no evidence: a finalization between them may have allowed
/// the second (rule 3, gate).
package enum Evidence: Sendable, Hashable {
    /// Two votes of one voter and view: two notarizes or two finalizes for different blocks, or finalize and nullify.
    case votes(Vote, Vote)
    /// Two proposals of one leader and view with different hashes.
    case proposals(Proposal, Proposal)

    /// Whether two votes of one voter contradict each other.
    package static func contradict(_ first: Vote, _ second: Vote) -> Bool {
        guard first.voter == second.voter, first.view == second.view else { return false }
        if first.kind == second.kind { return first.kind != .nullify && first.hash != second.hash }
        return first.kind != .notarize && second.kind != .notarize
    }

    /// Who is convicted.
    package var offender: ValidatorIndex {
        switch self {
        case .votes(let first, _): first.voter
        case .proposals(let first, _): first.header.proposer
        }
    }

    /// The view of the offence.
    package var view: View {
        switch self {
        case .votes(let first, _): first.view
        case .proposals(let first, _): first.header.view
        }
    }

    /// Checks everything: that the two contradict each other, that the offender is a member, both signatures.
    package func verify(
        validators: ValidatorSet, context: SigningContext, checker: some SignatureChecker
    ) throws(ConsensusError) {
        guard validators[offender] != nil else { throw .invalidSigner(offender) }
        for required in try requiredSignatures(in: context) where !checker.isValid(required) {
            throw .invalidSignature(required.signer)
        }
    }

    private func requiredSignatures(in context: SigningContext) throws(ConsensusError) -> [RequiredSignature] {
        switch self {
        case .votes(let first, let second):
            guard Evidence.contradict(first, second) else {
                throw .notEvidence(reason: "the votes do not contradict each other")
            }
            return [first, second].map { $0.requiredSignature(in: context) }
        case .proposals(let first, let second):
            guard first.header.proposer == second.header.proposer, first.header.view == second.header.view,
                first.header != second.header
            else { throw .notEvidence(reason: "the proposals are not two of one leader and view") }
            for header in [first.header.header, second.header.header]
            where header.network != context.network || header.epoch != context.epoch {
                throw .notEvidence(reason: "a proposal is of another network or epoch")
            }
            return [first, second].map { $0.requiredSignature(in: context) }
        }
    }
}

extension Evidence: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        switch self {
        case .votes(let first, let second):
            encoder.encodeVariant(0)
            encoder.encode(first)
            encoder.encode(second)
        case .proposals(let first, let second):
            encoder.encodeVariant(1)
            encoder.encode(first)
            encoder.encode(second)
        }
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let offset = decoder.offset
        let index = try decoder.decodeVariant()
        switch index {
        case 0: self = .votes(try decoder.decode(), try decoder.decode())
        case 1: self = .proposals(try decoder.decode(), try decoder.decode())
        default: throw .unknownVariant(offset: offset, type: "Evidence", index: index)
        }
    }
}
