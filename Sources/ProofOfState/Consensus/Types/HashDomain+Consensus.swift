package import Canonical

extension HashDomain {
    /// Hash of a block header.
    package static let blockHeader = HashDomain("HM/consensus/header")
    /// Hash of a validator set.
    package static let validatorSet = HashDomain("HM/consensus/validators")
    /// What a proposer signs.
    package static let proposal = HashDomain("HM/consensus/proposal")
    /// What a voter signs.
    package static let vote = HashDomain("HM/consensus/vote")
    /// Order of leaders within an epoch.
    package static let leaderSchedule = HashDomain("HM/consensus/schedule")
}
