extension Elementary {
    /// The natural logarithm; NaN below zero, -Inf at zero.
    package static func log(_ x: Double) -> Double {
        special(x) ?? logarithm(x).value
    }

    /// The logarithm to base 2; exact for powers of two.
    package static func log2(_ x: Double) -> Double {
        if let special = special(x) { return special }
        let (significand, power) = split(x)
        return (logarithm1p(DoubleDouble(significand - 1)) * ElementaryConstants.inverseLn2 + Double(power)).value
    }

    /// The logarithm to base 10; exact for powers of ten.
    package static func log10(_ x: Double) -> Double {
        special(x) ?? (logarithm(x) * ElementaryConstants.inverseLn10).value
    }

    /// `log(1 + x)`, accurate near zero.
    package static func log1p(_ x: Double) -> Double {
        if x.isNaN || x == 0 || x == .infinity { return x }
        if x <= -1 { return x == -1 ? -.infinity : .nan }
        if x.magnitude < 0x1p-54 { return x }
        return logarithmOnePlus(DoubleDouble(x)).value
    }

    private static func special(_ x: Double) -> Double? {
        if x.isNaN || x == .infinity { return x }
        if x == 0 { return -.infinity }
        return x < 0 ? .nan : nil
    }

    /// A positive finite number as significand from √½ to √2 and power of two.
    private static func split(_ x: Double) -> (Double, Int) {
        var significand = x.significand
        var power = Int(x.exponent)
        if significand > 1.4142135623730951 {
            significand /= 2
            power += 1
        }
        return (significand, power)
    }

    /// The natural logarithm of a positive finite number, unrounded.
    static func logarithm(_ x: Double) -> DoubleDouble {
        let (significand, power) = split(x)
        let part = logarithm1p(DoubleDouble(significand - 1))
        return power == 0 ? part : part + multipleOfLogarithmOf2(power)
    }

    /// `log(1 + x)` for a double-double above -1.
    static func logarithmOnePlus(_ x: DoubleDouble) -> DoubleDouble {
        if x.high > -0.29, x.high < 0.41 { return logarithm1p(x) }
        let total = x + 1
        let (_, power) = split(total.high)
        let reduced = total.scaled(-power)
        return logarithm1p(reduced + -1) + multipleOfLogarithmOf2(power)
    }

    private static func multipleOfLogarithmOf2(_ power: Int) -> DoubleDouble {
        let parts = ElementaryConstants.ln2
        let multiple = Double(power)
        return DoubleDouble.product(multiple, parts[0])
            + (DoubleDouble.product(multiple, parts[1]) + DoubleDouble.product(multiple, parts[2]))
    }

    /// `log(1 + x)` for `-0.3 < x < 0.42`, as twice the inverse hyperbolic tangent of `x/(2 + x)`.
    private static func logarithm1p(_ x: DoubleDouble) -> DoubleDouble {
        let argument = x / (x + 2)
        let square = argument * argument
        let series = DoubleDouble.polynomial(square, ElementaryConstants.oddInverses, precise: 6)
        let result = argument * series
        return DoubleDouble(2 * result.high, 2 * result.low)
    }
}
