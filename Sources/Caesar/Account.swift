package import Canonical

/// What the state keeps of one account.
package struct Account: Sendable, Hashable {
    package var balance: Amount
    /// Part of the balance that is not spendable yet.
    package var vesting: Vesting?

    package init(balance: Amount, vesting: Vesting? = nil) {
        self.balance = balance
        self.vesting = vesting
    }

    /// What may leave the account at `now`.
    package func spendable(at now: Timestamp) -> Amount {
        let locked = vesting?.locked(at: now) ?? .zero
        return locked < balance ? Amount(attos: balance.attos - locked.attos) : .zero
    }
}

extension Account: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(balance)
        encoder.encode(vesting)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        balance = try decoder.decode(Amount.self)
        vesting = try decoder.decodeOption(Vesting.self)
    }
}
