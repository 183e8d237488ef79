package import Canonical

/// The ordered members of an epoch with integer weights. The quorum is a share of the membership, never of those
/// that happen to answer.
package struct ValidatorSet: Sendable, Hashable {
    /// Members; a `ValidatorIndex` is a position here.
    package let validators: [Validator]
    /// Sum of all weights, W.
    package let totalWeight: UInt64
    /// Hash that headers carry.
    package let hash: Digest

    /// - Throws: `invalidValidatorSet` when the set is empty or too large, a weight is 0, the total exceeds
    ///   `ConsensusLimits.totalWeightMax`, or a node or key occurs twice.
    package init(_ validators: [Validator]) throws(ConsensusError) {
        guard !validators.isEmpty else { throw .invalidValidatorSet(rule: "a set has at least one member") }
        guard validators.count <= ConsensusLimits.validatorsMax else {
            throw .invalidValidatorSet(rule: "a set has at most \(ConsensusLimits.validatorsMax) members")
        }
        var total: UInt64 = 0
        for validator in validators {
            guard validator.weight > 0 else { throw .invalidValidatorSet(rule: "every weight is above 0") }
            let (sum, overflow) = total.addingReportingOverflow(validator.weight)
            guard !overflow, sum <= ConsensusLimits.totalWeightMax else {
                throw .invalidValidatorSet(rule: "weights sum to at most \(ConsensusLimits.totalWeightMax)")
            }
            total = sum
        }
        guard Set(validators.map(\.node)).count == validators.count,
            Set(validators.map(\.publicKey)).count == validators.count
        else { throw .invalidValidatorSet(rule: "a node and a key occur once") }
        self.validators = validators
        totalWeight = total
        var encoder = BCSEncoder()
        encoder.encode(validators)
        hash = Digest(.validatorSet, encoder.bytes)
    }

    /// Count of members.
    package var count: Int { validators.count }

    /// ⌊2W/3⌋ + 1: any two quorums share more than a third of the weight.
    package var quorum: UInt64 { totalWeight * 2 / 3 + 1 }

    /// The member at `index`; nil when there is none.
    package subscript(index: ValidatorIndex) -> Validator? {
        Int(index) < validators.count ? validators[Int(index)] : nil
    }

    /// Position of the member whose node is `node`.
    package func index(of node: NodeID) -> ValidatorIndex? {
        validators.firstIndex { $0.node == node }.map { ValidatorIndex(truncatingIfNeeded: $0) }
    }
}

extension ValidatorSet: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) { encoder.encode(validators) }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let offset = decoder.offset
        let validators = try decoder.decodeArray(of: Validator.self, limit: ConsensusLimits.validatorsMax)
        do {
            self = try ValidatorSet(validators)
        } catch {
            throw BCSError.invalidValue(offset: offset, rule: "\(error)")
        }
    }
}
