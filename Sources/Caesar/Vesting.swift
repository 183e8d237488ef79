package import Canonical

/// A sum that becomes spendable evenly over a span of block time.
package struct Vesting: Sendable, Hashable {
    /// Four years of 365.25 days, in seconds.
    package static let fourYearsSeconds: UInt64 = 126_230_400

    package let total: Amount
    /// When the first unit begins to vest.
    package let start: Timestamp
    package let durationSeconds: UInt64

    package init(total: Amount, start: Timestamp, durationSeconds: UInt64) {
        self.total = total
        self.start = start
        self.durationSeconds = durationSeconds
    }

    /// What is not yet spendable at `now`, rounded up: total × (1 − elapsed ⁄ duration).
    package func locked(at now: Timestamp) -> Amount {
        let elapsed = now.nanoseconds(since: start) / 1_000_000_000
        guard durationSeconds > 0, elapsed < durationSeconds else { return .zero }
        // total × left / duration without overflow: whole and rest of the division apart, both factors below 2⁶⁴.
        let (whole, rest) = total.attos.quotientAndRemainder(dividingBy: UInt128(durationSeconds))
        let left = UInt128(durationSeconds - elapsed)
        let (scaled, remainder) = (rest * left).quotientAndRemainder(dividingBy: UInt128(durationSeconds))
        return Amount(attos: whole * left + scaled + (remainder > 0 ? 1 : 0))
    }
}

extension Vesting: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(total)
        encoder.encode(start)
        encoder.encode(durationSeconds)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        total = try decoder.decode(Amount.self)
        start = try decoder.decode(Timestamp.self)
        durationSeconds = try decoder.decode(UInt64.self)
    }
}
