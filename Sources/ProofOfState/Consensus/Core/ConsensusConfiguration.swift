package import Canonical

/// What a node knows about its epoch before it starts.
package struct ConsensusConfiguration: Sendable {
    package var context: SigningContext
    package var validators: ValidatorSet
    package var schedule: LeaderSchedule
    /// This node's position; nil for an observer, which follows and serves but never votes.
    package var me: ValidatorIndex?
    /// The final block under the epoch: genesis, or the last block of the epoch before.
    package var base: SealedHeader
    package var timing: ConsensusTiming
    /// A planted bug; nil outside the simulator.
    package var mutation: ConsensusMutation?

    /// - Parameters:
    ///   - seed: fixes the order of leaders.
    ///   - termLength: K, views one leader keeps. Production uses 1.
    package init(
        context: SigningContext, validators: ValidatorSet, seed: Digest, termLength: UInt64 = 1,
        me: ValidatorIndex?, base: SealedHeader, timing: ConsensusTiming = ConsensusTiming()
    ) {
        self.context = context
        self.validators = validators
        schedule = LeaderSchedule(validators: validators, seed: seed, termLength: termLength)
        self.me = me
        self.base = base
        self.timing = timing
    }
}
