/// A sum of CAES in its smallest unit: 10⁻¹⁸ CAES, an integer of 128 bits. Never negative.
public struct Amount: Sendable, Hashable, Comparable {
    /// Decimal places of one CAES.
    public static let decimals = 18
    /// Smallest units in one CAES.
    public static let attosPerCAES: UInt128 = 1_000_000_000_000_000_000

    public static let zero = Amount(attos: 0)

    public let attos: UInt128

    public init(attos: UInt128) {
        self.attos = attos
    }

    /// Whole CAES.
    public init(caes: UInt64) {
        attos = UInt128(caes) * Amount.attosPerCAES
    }

    public func adding(_ other: Amount) throws(AmountError) -> Amount {
        let (sum, overflow) = attos.addingReportingOverflow(other.attos)
        guard !overflow else { throw .overflow }
        return Amount(attos: sum)
    }

    public func subtracting(_ other: Amount) throws(AmountError) -> Amount {
        guard attos >= other.attos else { throw .insufficient(have: self, need: other) }
        return Amount(attos: attos - other.attos)
    }

    public func multiplied(by factor: UInt64) throws(AmountError) -> Amount {
        let (product, overflow) = attos.multipliedReportingOverflow(by: UInt128(factor))
        guard !overflow else { throw .overflow }
        return Amount(attos: product)
    }

    /// `count` equal parts, rounded down, and what is left over. `count` must not be 0.
    public func split(into count: UInt64) throws(AmountError) -> (part: Amount, remainder: Amount) {
        guard count > 0 else { throw .divisionByZero }
        let (part, remainder) = attos.quotientAndRemainder(dividingBy: UInt128(count))
        return (Amount(attos: part), Amount(attos: remainder))
    }

    /// `basisPoints` ten-thousandths of the sum, rounded down; at most 10,000.
    public func share(basisPoints: UInt16) throws(AmountError) -> Amount {
        let factor = UInt128(min(basisPoints, 10_000))
        let (whole, rest) = attos.quotientAndRemainder(dividingBy: 10_000)
        return Amount(attos: whole * factor + rest * factor / 10_000)
    }

    public static func < (left: Amount, right: Amount) -> Bool { left.attos < right.attos }
}

/// Why arithmetic on amounts or their text was refused.
public enum AmountError: Error, Sendable, Hashable {
    case overflow
    case insufficient(have: Amount, need: Amount)
    case divisionByZero
    /// Text that is not `digits[.digits]` with at most 18 decimals.
    case malformed(String)
}

extension AmountError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .overflow: "the amount exceeds 128 bits"
        case .insufficient(let have, let need): "\(need) CAES needed, \(have) CAES there"
        case .divisionByZero: "an amount cannot be split into zero parts"
        case .malformed(let text): "'\(text)' is not an amount: digits, then at most 18 decimals after a point"
        }
    }
}

extension Amount: CustomStringConvertible {
    /// Exact decimal text without needless zeros: `1.5`, `0`, `1000000000`.
    public var description: String {
        let (whole, fraction) = attos.quotientAndRemainder(dividingBy: Amount.attosPerCAES)
        guard fraction > 0 else { return "\(whole)" }
        let digits = String(fraction)
        let padded = String(repeating: "0", count: Amount.decimals - digits.count) + digits
        let lastNonZero = padded.lastIndex { $0 != "0" } ?? padded.startIndex
        return "\(whole).\(padded[...lastNonZero])"
    }

    /// Reads exact decimal text, as `description` writes it.
    public init(parsing text: String) throws(AmountError) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let fractionText = parts.count == 2 ? parts[1] : "0"
        guard parts.count <= 2, let whole = Amount.number(parts[0]), let fraction = Amount.number(fractionText),
            fractionText.utf8.count <= Amount.decimals
        else { throw .malformed(text) }
        var scaled = fraction
        for _ in fractionText.utf8.count..<Amount.decimals { scaled *= 10 }
        let (high, overflow) = whole.multipliedReportingOverflow(by: Amount.attosPerCAES)
        let (sum, overflowToo) = high.addingReportingOverflow(scaled)
        guard !overflow, !overflowToo else { throw .overflow }
        attos = sum
    }

    private static func number(_ text: some StringProtocol) -> UInt128? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return UInt128(text)
    }
}

extension Amount: CanonicalCodable {
    public func encode(to encoder: inout BCSEncoder) { encoder.encode(attos) }
    public init(from decoder: inout BCSDecoder) throws(BCSError) { attos = try decoder.decode(UInt128.self) }
}
