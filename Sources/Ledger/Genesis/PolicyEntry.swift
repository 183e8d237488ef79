package import Canonical

/// One row of the policy table: what an operation of a kind costs and proves.
package struct PolicyEntry: Sendable, Hashable {
    /// Hashcash bits beyond which no policy may go.
    package static let workBitsMax: UInt8 = 40

    package let kind: OperationKind
    /// Paid to the fee sink, also when the operation is refused.
    package let fee: Amount
    /// Space floor: bytes of the subject's plot.
    package let plotBytesMin: UInt64
    /// Stake floor: the subject's bond; may be zero.
    package let bondMin: Amount
    /// Work floor: leading zero bits of the hashcash.
    package let workBits: UInt8
    /// Time floor: ticks of sequential work from the anchor.
    package let timeTicks: UInt32

    package init(
        kind: OperationKind, fee: Amount, plotBytesMin: UInt64 = 16 << 20, bondMin: Amount = .zero,
        workBits: UInt8 = 12, timeTicks: UInt32 = 256
    ) {
        self.kind = kind
        self.fee = fee
        self.plotBytesMin = plotBytesMin
        self.bondMin = bondMin
        self.workBits = workBits
        self.timeTicks = timeTicks
    }
}

extension PolicyEntry: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(kind)
        encoder.encode(fee)
        encoder.encode(plotBytesMin)
        encoder.encode(bondMin)
        encoder.encode(workBits)
        encoder.encode(timeTicks)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        kind = try decoder.decode(OperationKind.self)
        fee = try decoder.decode(Amount.self)
        plotBytesMin = try decoder.decode(UInt64.self)
        bondMin = try decoder.decode(Amount.self)
        workBits = try decoder.decode(UInt8.self)
        timeTicks = try decoder.decode(UInt32.self)
        guard workBits <= PolicyEntry.workBitsMax else {
            throw .invalidValue(offset: decoder.offset, rule: "work is at most \(PolicyEntry.workBitsMax) bits")
        }
    }
}
