package import Canonical

/// The four proofs of an envelope; a policy may waive some.
package struct ProofBundle: Sendable, Hashable, CanonicalCodable {
    package var space: SpaceProof?
    package var stake: StakeProof?
    package var work: WorkProof?
    package var time: TimeProof?

    package init(space: SpaceProof? = nil, stake: StakeProof? = nil, work: WorkProof? = nil, time: TimeProof? = nil) {
        self.space = space
        self.stake = stake
        self.work = work
        self.time = time
    }

    /// What the proof of that kind says it was made for; nil when there is none.
    package func binding(of kind: ProofKind) -> ProofBinding? {
        switch kind {
        case .space: space?.binding
        case .stake: stake?.binding
        case .work: work?.binding
        case .time: time?.binding
        }
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(space)
        encoder.encode(stake)
        encoder.encode(work)
        encoder.encode(time)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        space = try decoder.decodeOption()
        stake = try decoder.decodeOption()
        work = try decoder.decodeOption()
        time = try decoder.decodeOption()
    }
}
