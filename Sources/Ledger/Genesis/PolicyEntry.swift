package import Canonical
package import ProofOfState

/// One row of the policy table: what an operation of a kind costs and proves.
package struct PolicyEntry: Sendable, Hashable {
    package let kind: OperationKind
    /// Paid to the fee sink, also when the operation is refused.
    package let fee: Amount
    /// Which of the four proofs it needs, and their floors.
    package let proofs: ProofPolicy

    package init(kind: OperationKind, fee: Amount, proofs: ProofPolicy = .standard) {
        self.kind = kind
        self.fee = fee
        self.proofs = proofs
    }
}

extension PolicyEntry: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(kind)
        encoder.encode(fee)
        encoder.encode(proofs)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        kind = try decoder.decode(OperationKind.self)
        fee = try decoder.decode(Amount.self)
        proofs = try decoder.decode(ProofPolicy.self)
    }
}
