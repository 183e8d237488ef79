package import Canonical

/// What a node has of one kind, and how much of it its owner lends under which controls.
package struct AssetCapacity: Sendable, Hashable {
    /// Whole of a share in basis points.
    package static let shareMax: UInt16 = 10_000

    package let kind: AssetKind
    /// Measured capacity in the kind's unit. Never a guess: a resource that was not found is not listed.
    package let measured: UInt64
    /// Owner's control: ten-thousandths of the capacity that may be granted in total.
    package let shareBasisPoints: UInt16
    /// Owner's control: grants of this kind that may be active at once.
    package let usersMax: UInt32
    /// Owner's control: longest grant, in ticks of the pool's clock (blocks on the ledger).
    package let durationMax: UInt64

    package init(
        kind: AssetKind, measured: UInt64, shareBasisPoints: UInt16, usersMax: UInt32 = 64,
        durationMax: UInt64 = 1_000_000
    ) throws(SatchelError) {
        guard shareBasisPoints <= AssetCapacity.shareMax else {
            throw .malformedOffer("the share of \(kind) exceeds \(AssetCapacity.shareMax) basis points")
        }
        self.kind = kind
        self.measured = measured
        self.shareBasisPoints = shareBasisPoints
        self.usersMax = usersMax
        self.durationMax = durationMax
    }

    /// share × capacity, rounded down: the most that may be granted in total.
    package var lendable: UInt64 {
        let product = measured.multipliedFullWidth(by: UInt64(shareBasisPoints))
        return UInt64(AssetCapacity.shareMax).dividingFullWidth(product).quotient
    }
}

extension AssetCapacity: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(kind)
        encoder.encode(measured)
        encoder.encode(shareBasisPoints)
        encoder.encode(usersMax)
        encoder.encode(durationMax)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let kind = try decoder.decode(AssetKind.self)
        let measured = try decoder.decode(UInt64.self)
        let share = try decoder.decode(UInt16.self)
        let users = try decoder.decode(UInt32.self)
        let duration = try decoder.decode(UInt64.self)
        do throws(SatchelError) {
            try self.init(
                kind: kind, measured: measured, shareBasisPoints: share, usersMax: users, durationMax: duration)
        } catch {
            throw .invalidValue(offset: decoder.offset, rule: error.description)
        }
    }
}
