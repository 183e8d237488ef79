extension Elementary {
    /// `x^y` with C's rules for zeros, infinities and NaN; NaN for a negative base with a fractional exponent.
    package static func pow(_ x: Double, _ y: Double) -> Double {
        if y == 0 || x == 1 { return 1 }
        if x.isNaN || y.isNaN { return .nan }
        let isWhole = y == y.rounded(.towardZero)
        let isOdd = isWhole && y.magnitude < 0x1p53 && Int64(y) & 1 == 1
        if x < 0, x.isFinite, !isWhole { return .nan }
        let isNegative = x.sign == .minus && isOdd
        if let size = specialPower(x.magnitude, y) { return isNegative ? -size : size }
        let size = positivePower(x.magnitude, y)
        return isNegative ? -size : size
    }

    private static func specialPower(_ x: Double, _ y: Double) -> Double? {
        if x == 1 { return 1 }
        if y.isInfinite { return (x > 1) == (y > 0) ? .infinity : 0 }
        if x == 0 { return y > 0 ? 0 : .infinity }
        if x.isInfinite { return y > 0 ? .infinity : 0 }
        return nil
    }

    private static func positivePower(_ x: Double, _ y: Double) -> Double {
        let logarithm = logarithm(x)
        let estimate = logarithm.high * y
        if estimate > 710 { return .infinity }
        if estimate < -746 { return 0 }
        if estimate.magnitude < 0x1p-60 { return 1 + estimate }
        return exponential(logarithm * y)
    }

    /// `x^n` by repeated squaring in double-double, as Julia's `^(::Float64, ::Integer)` does.
    package static func pow(_ x: Double, _ n: Int64) -> Double {
        if n == 0 { return 1 }
        if n == 1 { return x }
        guard x.isFinite, x != 0, n.magnitude <= 1_024 else { return pow(x, Double(n), isOdd: n & 1 == 1) }
        // Beyond these bounds a square could leave the range in which double-double is exact.
        let size = Double(Int(x.exponent).magnitude + 1) * Double(n.magnitude)
        guard size < 900 else { return pow(x, Double(n), isOdd: n & 1 == 1) }
        var result = DoubleDouble.one
        var base = DoubleDouble(x)
        var rest = n.magnitude
        while rest > 0 {
            if rest & 1 == 1 { result = result * base }
            rest >>= 1
            if rest > 0 { base = base * base }
        }
        return n > 0 ? result.value : (DoubleDouble.one / result).value
    }

    /// A whole exponent above 2⁵³ loses its parity as a double; it is kept apart.
    private static func pow(_ x: Double, _ y: Double, isOdd: Bool) -> Double {
        let size = pow(x.magnitude, y)
        return x.sign == .minus && isOdd ? -size : size
    }

    /// The cube root.
    package static func cbrt(_ x: Double) -> Double {
        if !x.isFinite || x == 0 { return x }
        let power = Int((Double(x.exponent) / 3).rounded(.down))
        let third = Double(sign: .plus, exponent: -power, significand: 1)
        // Between 1 and 8, even for subnormal numbers.
        let scaled = x.magnitude * third * third * third
        var root = 0.6 + 0.35 * scaled.squareRoot()
        for _ in 0..<6 { root -= (root * root * root - scaled) / (3 * root * root) }
        let error = DoubleDouble.product(root, root) * root - DoubleDouble(scaled)
        let result = DoubleDouble.sum(root, -error.high / (3 * root * root)).value
        return (x < 0 ? -result : result) * Double(sign: .plus, exponent: power, significand: 1)
    }

    /// `√(x² + y²)` without overflow on the way; infinite if either is.
    package static func hypot(_ x: Double, _ y: Double) -> Double {
        let (first, second) = (x.magnitude, y.magnitude)
        if first.isInfinite || second.isInfinite { return .infinity }
        if first.isNaN || second.isNaN { return .nan }
        let (large, small) = first > second ? (first, second) : (second, first)
        if small == 0 || small < large * 0x1p-60 { return large }
        let shift = -Int(large.exponent)
        let factor = Double(sign: .plus, exponent: shift / 2, significand: 1)
        let rest = Double(sign: .plus, exponent: shift - shift / 2, significand: 1)
        let (a, b) = (large * factor * rest, small * factor * rest)
        let root = (DoubleDouble.product(a, a) + DoubleDouble.product(b, b)).squareRoot
        return scale(root, -shift)
    }
}
