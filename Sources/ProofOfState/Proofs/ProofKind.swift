/// The four proofs that stand on every operation.
package enum ProofKind: UInt8, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// WHERE: the subject holds its plot.
    case space
    /// WHO: a certificate grants the right, a bond answers for it.
    case stake
    /// WHAT: hashcash for this operation.
    case work
    /// WHEN: sequential ticks since the anchor.
    case time

    package var description: String {
        switch self {
        case .space: "proof of space"
        case .stake: "proof of stake"
        case .work: "proof of work"
        case .time: "proof of time"
        }
    }
}
