package import Canonical

/// Who leads which view: a weighted round robin whose order an epoch's seed fixes. A member leads in proportion to its
/// weight, and turns of one member lie as far apart as its weight allows.
package struct LeaderSchedule: Sendable, Hashable {
    /// Views one leader keeps, K ≥ 1.
    package let termLength: UInt64
    private let turns: [ValidatorIndex]

    /// - Parameters:
    ///   - seed: the epoch's seed, which all nodes agree on.
    ///   - termLength: K; 0 is taken as 1.
    package init(validators: ValidatorSet, seed: Digest, termLength: UInt64) {
        self.termLength = max(1, termLength)
        turns = LeaderSchedule.turns(
            weights: LeaderSchedule.reduced(validators),
            order: LeaderSchedule.order(
                count: validators.count, seed: seed))
    }

    /// The term that `view` belongs to.
    package func term(of view: View) -> UInt64 { view == 0 ? 0 : (view - 1) / termLength }

    /// First view of the term that `view` belongs to.
    package func firstView(ofTermOf view: View) -> View { term(of: view) * termLength + 1 }

    /// First view of the term after that of `view`.
    package func firstViewAfterTerm(of view: View) -> View { (term(of: view) + 1) * termLength + 1 }

    /// The leader of `view`.
    package func leader(of view: View) -> ValidatorIndex {
        turns[Int(truncatingIfNeeded: term(of: view) % UInt64(turns.count))]
    }

    /// Weights divided by their greatest common divisor, scaled down when they would make the schedule too long.
    private static func reduced(_ validators: ValidatorSet) -> [UInt64] {
        let weights = validators.validators.map(\.weight)
        let divisor = weights.reduce(0) { greatestCommonDivisor($0, $1) }
        let reduced = weights.map { $0 / max(1, divisor) }
        let total = reduced.reduce(0, +)
        let limit = UInt64(ConsensusLimits.scheduleMax - ConsensusLimits.validatorsMax)
        guard total > limit else { return reduced }
        let step = total / limit + 1
        return reduced.map { max(1, $0 / step) }
    }

    private static func greatestCommonDivisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
        var (larger, smaller) = (left, right)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return larger
    }

    /// A permutation of the members that only the seed decides (ties of the round robin are broken by it).
    private static func order(count: Int, seed: Digest) -> [Int] {
        let keys = (0..<count).map { index in
            Digest(.leaderSchedule, seed.bytes + UInt64(index).canonicalBytes)
        }
        return (0..<count).sorted { keys[$0] < keys[$1] }
    }

    /// Smooth weighted round robin: each turn every member gains its weight, the richest takes the turn and pays the
    /// total.
    private static func turns(weights: [UInt64], order: [Int]) -> [ValidatorIndex] {
        let total = Int64(clamping: weights.reduce(0, +))
        var credit = [Int64](repeating: 0, count: weights.count)
        var turns: [ValidatorIndex] = []
        for _ in 0..<total {
            var best = order[0]
            for member in order {
                credit[member] += Int64(clamping: weights[member])
            }
            for member in order where credit[member] > credit[best] { best = member }
            credit[best] -= total
            turns.append(ValidatorIndex(truncatingIfNeeded: best))
        }
        return turns
    }
}
