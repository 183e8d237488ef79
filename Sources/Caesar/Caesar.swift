package import Canonical

/// CAES in the replicated state. Every movement takes from one account what it gives to another, so nothing but
/// genesis can change the sum; `checkTracked` and `checkConservation` verify that it did not.
package enum Caesar {
    /// Namespace of account records.
    package static let accountNamespace: UInt8 = 0x10
    /// Namespace of Caesar's own figures.
    package static let totalsNamespace: UInt8 = 0x11

    /// The whole supply: 1,000,000,000 CAES, minted at genesis and never again.
    package static let supply = Amount(caes: 1_000_000_000)

    private static let trackedKey = StateKey(namespace: totalsNamespace, [0])

    package static func key(_ account: AccountID) -> StateKey {
        StateKey(namespace: accountNamespace, of: account)
    }

    /// The account's record; an empty one when nothing was ever there.
    package static func account(_ id: AccountID, in state: some StateReading) throws(CaesarError) -> Account {
        do {
            return try state.decoded(Account.self, for: key(id)) ?? Account(balance: .zero)
        } catch {
            throw .corruptState(error)
        }
    }

    package static func balance(_ id: AccountID, in state: some StateReading) throws(CaesarError) -> Amount {
        try account(id, in: state).balance
    }

    /// Σ of all balances as kept up with every write.
    package static func tracked(in state: some StateReading) throws(CaesarError) -> Amount {
        do {
            return try state.decoded(Amount.self, for: trackedKey) ?? .zero
        } catch {
            throw .corruptState(error)
        }
    }

    /// Puts the whole supply into the six accounts that genesis names; the team's part begins to vest.
    package static func distribute(in state: inout some StateAccess, at time: Timestamp) throws(CaesarError) {
        for name in NamedAccount.allCases where name.genesisBasisPoints > 0 {
            let part = Amount(attos: supply.attos / 10_000 * UInt128(name.genesisBasisPoints))
            let vesting =
                name == .team
                ? Vesting(total: part, start: time, durationSeconds: Vesting.fourYearsSeconds) : nil
            try write(Account(balance: part, vesting: vesting), to: .named(name), in: &state)
        }
        try checkTracked(in: state)
    }

    /// Moves `amount` from one account to another.
    package static func move(
        _ amount: Amount, from source: AccountID, to target: AccountID, in state: inout some StateAccess,
        at now: Timestamp
    ) throws(CaesarError) {
        guard amount > .zero else { throw .zeroAmount }
        guard source != target else { throw .sameAccount(source) }
        var giver = try account(source, in: state)
        var taker = try account(target, in: state)
        try requireSpendable(amount, of: giver, source, at: now)
        do {
            giver.balance = try giver.balance.subtracting(amount)
            taker.balance = try taker.balance.adding(amount)
        } catch {
            throw .overflow
        }
        if let vesting = giver.vesting, vesting.locked(at: now) == .zero { giver.vesting = nil }
        try write(giver, to: source, in: &state)
        try write(taker, to: target, in: &state)
    }

    /// Refuses when `source` cannot pay `amount` now. Changes nothing.
    package static func requireSpendable(
        _ amount: Amount, from source: AccountID, in state: some StateReading, at now: Timestamp
    ) throws(CaesarError) {
        try requireSpendable(amount, of: try account(source, in: state), source, at: now)
    }

    /// Moves a fee to its sink. A fee of 0 moves nothing.
    package static func payFee(
        _ fee: Amount, from payer: AccountID, in state: inout some StateAccess, at now: Timestamp
    ) throws(CaesarError) {
        guard fee > .zero else { return }
        try move(fee, from: payer, to: .named(.fees), in: &state, at: now)
    }

    /// Moves a genesis grant from a named account. With `vestingSeconds` the sum vests from `time` on; the team's part
    /// always does, over four years.
    package static func grant(
        _ amount: Amount, from name: NamedAccount, to node: NodeID, vestingSeconds: UInt64?,
        in state: inout some StateAccess, at time: Timestamp
    ) throws(CaesarError) {
        var source = try account(.named(name), in: state)
        guard amount > .zero else { throw .zeroAmount }
        guard source.balance >= amount else {
            throw .insufficientBalance(.named(name), have: source.balance, need: amount, locked: .zero)
        }
        var target = try account(.node(node), in: state)
        do {
            source.balance = try source.balance.subtracting(amount)
            target.balance = try target.balance.adding(amount)
        } catch {
            throw .overflow
        }
        if var vesting = source.vesting, name == .team {
            // What leaves the team's account takes its schedule along.
            vesting = Vesting(
                total: source.balance, start: vesting.start, durationSeconds: vesting.durationSeconds)
            source.vesting = vesting
        }
        if let seconds = name == .team ? Vesting.fourYearsSeconds : vestingSeconds {
            guard target.vesting == nil else { throw .vestingExists(.node(node)) }
            target.vesting = Vesting(total: amount, start: time, durationSeconds: seconds)
        }
        try write(source, to: .named(name), in: &state)
        try write(target, to: .node(node), in: &state)
    }

    private static func requireSpendable(
        _ amount: Amount, of account: Account, _ id: AccountID, at now: Timestamp
    ) throws(CaesarError) {
        let spendable = account.spendable(at: now)
        guard spendable >= amount else {
            let locked = Amount(attos: account.balance.attos - spendable.attos)
            throw .insufficientBalance(id, have: spendable, need: amount, locked: locked)
        }
    }

    // The only place that writes an account, so that the tracked sum follows every change.
    static func write(
        _ account: Account, to id: AccountID, in state: inout some StateAccess
    ) throws(CaesarError) {
        let before = try Caesar.account(id, in: state).balance
        let sum = try tracked(in: state)
        do {
            let next = try sum.adding(account.balance).subtracting(before)
            if next != sum { state.set(next, for: trackedKey) }
        } catch {
            throw .overflow
        }
        let isEmpty = account.balance == .zero && account.vesting == nil
        state.setValue(isEmpty ? nil : account.canonicalBytes, for: key(id))
    }
}
