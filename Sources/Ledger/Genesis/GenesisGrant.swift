package import Caesar
package import Canonical

/// CAES that an identity holds from the start, out of one of the named accounts. There is no other source.
package struct GenesisGrant: Sendable, Hashable {
    package let from: NamedAccount
    package let to: NodeID
    package let amount: Amount
    /// Seconds of linear vesting from genesis; nil: spendable at once. The team's part always takes four years.
    package let vestingSeconds: UInt64?

    package init(from: NamedAccount, to: NodeID, amount: Amount, vestingSeconds: UInt64? = nil) {
        self.from = from
        self.to = to
        self.amount = amount
        self.vestingSeconds = vestingSeconds
    }
}

extension GenesisGrant: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(from)
        encoder.encode(to)
        encoder.encode(amount)
        encoder.encode(vestingSeconds)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        from = try decoder.decode(NamedAccount.self)
        to = try decoder.decode(NodeID.self)
        amount = try decoder.decode(Amount.self)
        vestingSeconds = try decoder.decodeOption(UInt64.self)
    }
}
