package import Canonical

/// Why Caesar refused.
package enum CaesarError: Error, Sendable, Hashable {
    /// The account's spendable balance is below what is needed; `locked` is there but has not vested.
    case insufficientBalance(AccountID, have: Amount, need: Amount, locked: Amount)
    case zeroAmount
    /// Source and target are the same account.
    case sameAccount(AccountID)
    case escrowExists(JobID)
    case unknownEscrow(JobID)
    /// The payments do not add up to what the escrow holds.
    case escrowMismatch(JobID, holds: Amount, paid: Amount)
    /// A sum exceeds 128 bits; cannot happen while the supply is conserved.
    case overflow
    /// An account already vests; a second schedule is refused.
    case vestingExists(AccountID)
    /// The state itself is damaged.
    case corruptState(BCSError)
    /// The sum over the accounts is not the supply.
    case notConserved(supply: Amount, sum: Amount)
}

extension CaesarError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .insufficientBalance(let account, let have, let need, let locked):
            locked == .zero
                ? "\(account) has \(have) CAES, needs \(need)"
                : "\(account) has \(have) CAES to spend (\(locked) more are locked), needs \(need)"
        case .zeroAmount: "a transfer of 0 CAES was asked"
        case .sameAccount(let account): "\(account) cannot pay itself"
        case .escrowExists(let job): "job \(job.shortDescription) has an escrow already"
        case .unknownEscrow(let job): "job \(job.shortDescription) has no escrow"
        case .escrowMismatch(let job, let holds, let paid):
            "escrow of job \(job.shortDescription) holds \(holds) CAES, \(paid) were to leave it"
        case .overflow: "the sum exceeds 128 bits"
        case .vestingExists(let account): "\(account) vests already"
        case .corruptState(let error): "the state of an account is damaged: \(error)"
        case .notConserved(let supply, let sum): "accounts sum to \(sum) CAES, the supply is \(supply)"
        }
    }
}
