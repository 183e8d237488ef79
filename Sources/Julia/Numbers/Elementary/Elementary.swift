/// Elementary functions with one fixed order of IEEE 754 operations, so that every machine gets the same bits: each
/// reduces its argument exactly, sums a Taylor series in double-double arithmetic and rounds once. The error is below
/// 0.51 units in the last place for normal results, one unit for subnormal ones.
///
/// Outside their domain they return NaN; Julia's `DomainError` is the caller's to throw. No function calls libm but for
/// square root, rounding and fused multiply-add, which IEEE 754 defines to the bit.
package enum Elementary {
    /// `eˣ`.
    package static func exp(_ x: Double) -> Double {
        if x.isNaN { return x }
        if x > 710 { return .infinity }
        if x < -746 { return 0 }
        return exponential(DoubleDouble(x))
    }

    /// `2ˣ`.
    package static func exp2(_ x: Double) -> Double {
        if x.isNaN { return x }
        if x >= 1_024 { return .infinity }
        if x < -1_076 { return 0 }
        let whole = x.rounded(.toNearestOrEven)
        let fraction = ElementaryConstants.ln2Pair * (x - whole)
        return scale(exponentialMinusOne(fraction) + 1, Int(whole))
    }

    /// `10ˣ`.
    package static func exp10(_ x: Double) -> Double {
        if x.isNaN { return x }
        if x > 309 { return .infinity }
        if x < -324 { return 0 }
        return exponential(ElementaryConstants.ln10 * x)
    }

    /// `eˣ - 1`, accurate near zero.
    package static func expm1(_ x: Double) -> Double {
        if x.isNaN || x == 0 { return x }
        if x > 710 { return .infinity }
        if x < -40 { return -1 }
        if x.magnitude < 0x1p-54 { return x }
        return expm1(DoubleDouble(x))
    }

    private static func expm1(_ x: DoubleDouble) -> Double {
        let (rest, power) = reduceLogarithmOf2(x)
        let part = exponentialMinusOne(rest)
        if power == 0 { return part.value }
        if power > 1_000 { return scale(part + 1, power) }
        return ((part + 1).scaled(power) + -1).value
    }

    /// `eˣ` of a double-double.
    static func exponential(_ x: DoubleDouble) -> Double {
        let (rest, power) = reduceLogarithmOf2(x)
        return scale(exponentialMinusOne(rest) + 1, power)
    }

    /// `eˣ` unrounded, for arguments whose result is in range.
    static func exponentialPair(_ x: DoubleDouble) -> DoubleDouble {
        let (rest, power) = reduceLogarithmOf2(x)
        return (exponentialMinusOne(rest) + 1).scaled(power)
    }

    private static func reduceLogarithmOf2(_ x: DoubleDouble) -> (DoubleDouble, Int) {
        let multiple = (x.high * ElementaryConstants.inverseLn2.high).rounded(.toNearestOrEven)
        if multiple == 0 { return (x, 0) }
        let parts = ElementaryConstants.ln2
        let rest =
            ((x - DoubleDouble.product(multiple, parts[0])) - DoubleDouble.product(multiple, parts[1]))
            - DoubleDouble.product(multiple, parts[2])
        return (rest, Int(multiple))
    }

    /// `eˣ - 1` for `|x| ≤ 0.4`: Taylor's series at x/16, squared four times.
    static func exponentialMinusOne(_ x: DoubleDouble) -> DoubleDouble {
        let small = DoubleDouble(x.high / 16, x.low / 16)
        let coefficients = Array(ElementaryConstants.inverseFactorials[1...12])
        var result = DoubleDouble.polynomial(small, coefficients, precise: 6) * small
        for _ in 0..<4 { result = result * result + DoubleDouble(2 * result.high, 2 * result.low) }
        return result
    }

    /// Rounds `value · 2^power`, also where it is subnormal or overflows.
    static func scale(_ value: DoubleDouble, _ power: Int) -> Double {
        guard power < -1_000 else {
            let half = power / 2
            let first = Double(sign: .plus, exponent: half, significand: 1)
            return value.value * first * Double(sign: .plus, exponent: power - half, significand: 1)
        }
        // Two steps, the second of which rounds: the first keeps all bits.
        let raised = value.value * 0x1p-900
        return raised * Double(sign: .plus, exponent: power + 900, significand: 1)
    }
}
