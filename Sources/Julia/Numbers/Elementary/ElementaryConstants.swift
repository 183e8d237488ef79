/// Constants of the elementary functions, computed once in fixed point from Machin-like formulas, so that none has to
/// be trusted.
enum ElementaryConstants {
    /// Fraction bits of the fixed-point numbers here.
    static let fractionBits = 1_344

    /// π = 16 atan(1/5) - 4 atan(1/239).
    static let pi = combine([
        (16, inverseSeries(5, alternating: true)), (-4, inverseSeries(239, alternating: true)),
    ])
    private static let tangents = [31, 49, 161].map { inverseSeries($0, alternating: false) }
    /// log 2 = 14 atanh(1/31) + 10 atanh(1/49) + 6 atanh(1/161), and log 10 likewise.
    private static let logarithmOf2 = combine(Array(zip([14, 10, 6], tangents)))
    private static let logarithmOf10 = combine(Array(zip([46, 34, 20], tangents)))

    static let ln2 = parts(logarithmOf2)
    static let ln10 = pair(logarithmOf10)
    static let halfPi = parts(pi.shiftedRight(by: 1))
    static let halfPiPair = DoubleDouble(halfPi[0], halfPi[1])
    static let piPair = DoubleDouble(2 * halfPi[0], 2 * halfPi[1])
    static let ln2Pair = DoubleDouble(ln2[0], ln2[1])
    static let inverseLn2 = DoubleDouble.one / ln2Pair
    static let inverseLn10 = DoubleDouble.one / ln10
    /// `2/π` in fixed point.
    static let twoOverPi = quotient(power(2 * fractionBits + 1), pi)

    /// `1/n!` for n from 0.
    static let inverseFactorials: [DoubleDouble] = {
        var result = [DoubleDouble.one]
        for n in 1...28 { result.append(result[n - 1] / DoubleDouble(Double(n))) }
        return result
    }()
    /// `(-1)ⁿ/(2n + 1)!` and `(-1)ⁿ/(2n)!`: sine over x, and cosine, in x².
    static let sine: [DoubleDouble] = alternating((0...12).map { inverseFactorials[2 * $0 + 1] })
    static let cosine: [DoubleDouble] = alternating((0...12).map { inverseFactorials[2 * $0] })
    /// `1/(2n + 1)`: the inverse hyperbolic tangent over x, in x².
    static let oddInverses: [DoubleDouble] = (0...18).map { DoubleDouble.one / DoubleDouble(Double(2 * $0 + 1)) }
    /// The same with alternating signs: the arc tangent.
    static let alternatingOddInverses: [DoubleDouble] = alternating(oddInverses)
    /// `atan(i/8)` for i from 0 to 8.
    static let arcTangents: [DoubleDouble] =
        (0..<8).map { pair(arcTangent(eighths: $0)) } + [DoubleDouble(halfPi[0] / 2, halfPi[1] / 2)]

    // MARK: Fixed point

    private static func power(_ bits: Int) -> BigInteger {
        BigInteger(magnitude: Limbs.shiftedLeft([1], by: bits), isNegative: false)
    }

    private static func quotient(_ dividend: BigInteger, _ divisor: BigInteger) -> BigInteger {
        (try? dividend.dividedTruncating(by: divisor).quotient) ?? .zero
    }

    /// `Σ ±1/((2n + 1) q^(2n + 1))`: the arc tangent or inverse hyperbolic tangent of `1/q`.
    private static func inverseSeries(_ q: Int, alternating: Bool) -> BigInteger {
        let square = BigInteger(q * q)
        var power = quotient(power(fractionBits), BigInteger(q))
        var total = BigInteger.zero
        var n = 0
        while !power.isZero {
            let term = quotient(power, BigInteger(2 * n + 1))
            total = alternating && n % 2 == 1 ? total - term : total + term
            power = quotient(power, square)
            n += 1
        }
        return total
    }

    private static func arcTangent(eighths: Int) -> BigInteger {
        var power = power(fractionBits - 3) * BigInteger(eighths)
        var total = BigInteger.zero
        var n = 0
        while !power.isZero {
            let term = quotient(power, BigInteger(2 * n + 1))
            total = n % 2 == 1 ? total - term : total + term
            power = (power * BigInteger(eighths * eighths)).shiftedRight(by: 6)
            n += 1
        }
        return total
    }

    /// Three doubles whose sum is the number to about 159 bits.
    private static func parts(_ number: BigInteger) -> [Double] {
        var rest = number
        var result: [Double] = []
        for _ in 0..<3 {
            let part = rest.double(scaledBy: -fractionBits)
            result.append(part)
            rest = rest - fixed(part)
        }
        return result
    }

    static func pair(_ number: BigInteger) -> DoubleDouble {
        let parts = parts(number)
        return DoubleDouble(parts[0], parts[1])
    }

    private static func fixed(_ value: Double) -> BigInteger {
        guard value != 0 else { return .zero }
        let significand = BigInteger(value.significandBitPattern | 1 << 52)
        let shift = Int(value.exponent) - 52 + fractionBits
        let limbs =
            shift >= 0
            ? Limbs.shiftedLeft(significand.magnitude, by: shift)
            : Limbs.shiftedRight(significand.magnitude, by: -shift)
        return BigInteger(magnitude: limbs, isNegative: value < 0)
    }

    private static func combine(_ terms: [(Int, BigInteger)]) -> BigInteger {
        terms.reduce(.zero) { $0 + BigInteger($1.0) * $1.1 }
    }

    private static func alternating(_ values: [DoubleDouble]) -> [DoubleDouble] {
        values.enumerated().map { index, value in index % 2 == 0 ? value : -value }
    }
}

extension BigInteger {
    /// The nearest double to `self · 2^exponent`.
    func double(scaledBy exponent: Int) -> Double {
        guard bitWidth > 64 else {
            return Double(
                sign: isNegative ? .minus : .plus, exponent: exponent, significand: Double(magnitude.first ?? 0))
        }
        let shift = bitWidth - 64
        var top = Limbs.shiftedRight(magnitude, by: shift).first ?? 0
        if trailingZeroBitCount < shift { top |= 1 }
        return Double(sign: isNegative ? .minus : .plus, exponent: exponent + shift, significand: Double(top))
    }
}
