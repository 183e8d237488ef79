/// Decimal digits of a float to any precision, rounded from its exact value, ties to even.
package enum ExactDecimal {
    /// Digits behind the point that are computed at most; a float has no more than 1,074.
    package static let fractionDigitsMax = 1_100

    /// The digits of `|value|` with `fraction` digits behind the point, as `%.‹fraction›f` writes them.
    package static func fixed(_ value: Double, fraction: Int) -> String {
        let computed = min(max(fraction, 0), fractionDigitsMax)
        let digits = scaled(value, by: computed).description
        let padded = String(repeating: "0", count: max(0, computed + 1 - digits.utf8.count)) + digits
        let zeros = String(repeating: "0", count: max(0, fraction - computed))
        guard fraction > 0 else { return padded }
        return "\(padded.dropLast(computed)).\(padded.suffix(computed))\(zeros)"
    }

    /// `fraction + 1` significant digits of `|value|` and the decimal exponent of the first one.
    package static func scientific(_ value: Double, fraction: Int) -> (digits: String, exponent: Int) {
        let wanted = min(max(fraction, 0), fractionDigitsMax) + 1
        let zeros = String(repeating: "0", count: max(0, fraction + 1 - wanted))
        guard value != 0 else { return (String(repeating: "0", count: wanted) + zeros, 0) }
        var exponent = FloatText.digits(of: value).point - 1
        var digits = scaled(value, by: wanted - 1 - exponent).description
        if digits.utf8.count > wanted {
            // Rounding made one digit more (9.99 to 10.0).
            exponent += 1
            digits = scaled(value, by: wanted - 1 - exponent).description
        }
        return (digits + zeros, exponent)
    }

    /// `|value| · 10^power`, rounded to the nearest integer, ties to even.
    private static func scaled(_ value: Double, by power: Int) -> BigInteger {
        guard value.isFinite, value != 0 else { return .zero }
        let bits = value.magnitude.bitPattern
        let biased = Int(bits >> 52)
        let fraction = bits & (1 << 52 - 1)
        var numerator = BigInteger(biased == 0 ? fraction : fraction | 1 << 52)
        let exponent = max(biased, 1) - 1_075
        var denominator = BigInteger.one
        let ten = powerOfTen(abs(power))
        if power >= 0 { numerator = numerator * ten } else { denominator = ten }
        if exponent >= 0 {
            numerator = shift(numerator, exponent)
        } else {
            denominator = shift(denominator, -exponent)
        }
        guard let (quotient, remainder) = try? numerator.dividedTruncating(by: denominator) else { return .zero }
        let twice = remainder + remainder
        let roundsUp = twice > denominator || (twice == denominator && quotient.isOdd)
        return roundsUp ? quotient + .one : quotient
    }

    private static func shift(_ value: BigInteger, _ count: Int) -> BigInteger {
        BigInteger(magnitude: Limbs.shiftedLeft(value.magnitude, by: count), isNegative: false)
    }

    private static func powerOfTen(_ exponent: Int) -> BigInteger {
        var result = BigInteger.one
        var base = BigInteger(10)
        var rest = exponent
        while rest > 0 {
            if rest & 1 == 1 { result = result * base }
            base = base * base
            rest >>= 1
        }
        return result
    }
}
