package import Canonical

/// The accounts of the mesh itself. The first six hold the whole supply at genesis.
package enum NamedAccount: UInt8, Sendable, Hashable, CaseIterable {
    /// 40 %: rewards of the community.
    case communityRewards
    /// 20 %: the team, vesting linearly over four years.
    case team
    /// 15 %: the treasury, spent by governance.
    case treasury
    /// 10 %: public sale.
    case publicSale
    /// 10 %: private sale.
    case privateSale
    /// 5 %: liquidity of the exchange.
    case liquidity
    /// The named sink of all fees.
    case fees
    /// Bonds forfeited on evidence.
    case forfeited

    /// Ten-thousandths of the supply that genesis puts here.
    package var genesisBasisPoints: UInt16 {
        switch self {
        case .communityRewards: 4_000
        case .team: 2_000
        case .treasury: 1_500
        case .publicSale, .privateSale: 1_000
        case .liquidity: 500
        case .fees, .forfeited: 0
        }
    }
}

extension NamedAccount: CustomStringConvertible {
    package var description: String {
        switch self {
        case .communityRewards: "community rewards"
        case .team: "team"
        case .treasury: "treasury"
        case .publicSale: "public sale"
        case .privateSale: "private sale"
        case .liquidity: "liquidity"
        case .fees: "fees"
        case .forfeited: "forfeited bonds"
        }
    }
}

extension NamedAccount: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) { encoder.encodeVariant(UInt32(rawValue)) }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let offset = decoder.offset
        let index = try decoder.decodeVariant()
        guard let raw = UInt8(exactly: index), let account = NamedAccount(rawValue: raw) else {
            throw .unknownVariant(offset: offset, type: "NamedAccount", index: index)
        }
        self = account
    }
}
