package import Canonical

/// Who gets what at the end of a job. Escrow = fee + share × agreeing + refund, to the last unit.
package struct JobSettlement: Sendable, Hashable {
    /// The result hash that a majority agreed on.
    package let resultHash: Digest
    /// The providers that agreed, ascending; each gets `share`.
    package let agreeing: [NodeID]
    package let fuelUsed: UInt64
    /// fuel × price per fuel, capped by the escrow.
    package let price: Amount
    /// The network's part of the price, with what equal shares leave over.
    package let fee: Amount
    package let share: Amount
    /// What the requester gets back.
    package let refund: Amount

    /// Splits the escrow. The fee is `feeBasisPoints` of the price, rounded down; the rest is split evenly.
    package init(
        resultHash: Digest, agreeing: [NodeID], fuelUsed: UInt64, order: JobOrder, feeBasisPoints: UInt16
    ) throws(AmountError) {
        self.resultHash = resultHash
        self.agreeing = agreeing.sorted()
        self.fuelUsed = fuelUsed
        price = JobSettlement.price(fuelUsed: fuelUsed, order: order)
        let part = try price.share(basisPoints: feeBasisPoints)
        let split = try price.subtracting(part).split(into: UInt64(agreeing.count))
        share = split.part
        fee = try part.adding(split.remainder)
        refund = try order.priceMax.subtracting(price)
    }

    private static func price(fuelUsed: UInt64, order: JobOrder) -> Amount {
        let (product, overflow) = order.pricePerFuel.attos.multipliedReportingOverflow(by: UInt128(fuelUsed))
        return overflow ? order.priceMax : Amount(attos: min(product, order.priceMax.attos))
    }
}

extension JobSettlement: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(resultHash)
        encoder.encode(agreeing)
        encoder.encode(fuelUsed)
        encoder.encode(price)
        encoder.encode(fee)
        encoder.encode(share)
        encoder.encode(refund)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        resultHash = try decoder.decode(Digest.self)
        agreeing = try decoder.decodeArray(of: NodeID.self, limit: Int(CatalogLimits.replicasMax))
        fuelUsed = try decoder.decode(UInt64.self)
        price = try decoder.decode(Amount.self)
        fee = try decoder.decode(Amount.self)
        share = try decoder.decode(Amount.self)
        refund = try decoder.decode(Amount.self)
    }
}
