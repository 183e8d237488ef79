package import Canonical
import ProofOfState

/// The parameters that genesis sets (and governance will change).
package struct Policy: Sendable, Hashable {
    /// One row a kind, in the order of the kinds.
    package let entries: [PolicyEntry]
    /// What a sponsor must bond for a new identity; 0 lets an identity register without a sponsor.
    package let registrationBond: Amount
    /// The network's part of a job's price, in ten-thousandths.
    package let jobFeeBasisPoints: UInt16

    /// A table with these rows; kinds that are not named get the default row.
    package init(
        entries: [PolicyEntry] = [], registrationBond: Amount = Amount(caes: 10), jobFeeBasisPoints: UInt16 = 100
    ) {
        self.entries = OperationKind.allCases.map { kind in
            entries.last { $0.kind == kind } ?? Policy.defaultEntry(kind)
        }
        self.registrationBond = registrationBond
        self.jobFeeBasisPoints = min(jobFeeBasisPoints, 10_000)
    }

    /// The row of a kind.
    package func entry(_ kind: OperationKind) -> PolicyEntry {
        entries.first { $0.kind == kind } ?? Policy.defaultEntry(kind)
    }

    /// 0.001 CAES, the fee of most kinds.
    package static let baseFee = Amount(attos: Amount.attosPerCAES / 1_000)

    private static func defaultEntry(_ kind: OperationKind) -> PolicyEntry {
        switch kind {
        case .registerIdentity:
            // A newcomer has no certificate yet; it pays with work instead.
            PolicyEntry(
                kind: kind, fee: baseFee, proofs: ProofPolicy(workBitsMin: 16, ticksMin: 256, isBootstrap: true))
        case .publishProgram:
            PolicyEntry(kind: kind, fee: Amount(attos: baseFee.attos * 10))
        case .commitReceipt, .revealReceipt, .reportEvidence:
            PolicyEntry(kind: kind, fee: Amount(attos: baseFee.attos / 10))
        default:
            PolicyEntry(kind: kind, fee: baseFee)
        }
    }
}

extension Policy: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(entries)
        encoder.encode(registrationBond)
        encoder.encode(jobFeeBasisPoints)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        entries = try decoder.decodeArray(of: PolicyEntry.self, limit: OperationKind.allCases.count)
        registrationBond = try decoder.decode(Amount.self)
        jobFeeBasisPoints = try decoder.decode(UInt16.self)
        guard entries.map(\.kind) == OperationKind.allCases else {
            throw .invalidValue(offset: decoder.offset, rule: "a policy has one row a kind, in their order")
        }
        guard jobFeeBasisPoints <= 10_000 else {
            throw .invalidValue(offset: decoder.offset, rule: "the job fee exceeds the price")
        }
    }
}
