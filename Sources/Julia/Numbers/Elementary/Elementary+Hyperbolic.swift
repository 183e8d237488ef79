extension Elementary {
    /// Hyperbolic sine.
    package static func sinh(_ x: Double) -> Double {
        let size = x.magnitude
        if x.isNaN || x.isInfinite || size < 0x1p-27 { return x }
        if size > 711 { return x < 0 ? -.infinity : .infinity }
        var result: Double
        if size > 40 {
            result = exponential(DoubleDouble(size) - ElementaryConstants.ln2Pair)
        } else {
            let part = exponentialLessOne(DoubleDouble(size))
            let sum = part + part / (part + 1)
            result = sum.value / 2
        }
        result = x < 0 ? -result : result
        return result
    }

    /// Hyperbolic cosine.
    package static func cosh(_ x: Double) -> Double {
        let size = x.magnitude
        if x.isNaN { return x }
        if size > 711 { return .infinity }
        if size > 40 { return exponential(DoubleDouble(size) - ElementaryConstants.ln2Pair) }
        let power = exponentialPair(DoubleDouble(size))
        return (power + DoubleDouble.one / power).value / 2
    }

    /// Hyperbolic tangent.
    package static func tanh(_ x: Double) -> Double {
        let size = x.magnitude
        if x.isNaN || size < 0x1p-27 { return x }
        if size > 22 { return x < 0 ? -1 : 1 }
        let part = exponentialLessOne(DoubleDouble(2 * size))
        let result = (part / (part + 2)).value
        return x < 0 ? -result : result
    }

    /// `eˣ - 1` for 0 ≤ x ≤ 80.
    private static func exponentialLessOne(_ x: DoubleDouble) -> DoubleDouble {
        x.high < 0.34 ? exponentialMinusOne(x) : exponentialPair(x) + -1
    }

    /// Inverse hyperbolic sine.
    package static func asinh(_ x: Double) -> Double {
        let size = x.magnitude
        if !x.isFinite || size < 0x1p-27 { return x }
        let result: Double
        if size > 0x1p60 {
            result = (logarithm(size) + ElementaryConstants.ln2Pair).value
        } else {
            let square = DoubleDouble.product(size, size)
            let argument = square / ((square + 1).squareRoot + 1) + size
            result = logarithmOnePlus(argument).value
        }
        return x < 0 ? -result : result
    }

    /// Inverse hyperbolic cosine; NaN below 1.
    package static func acosh(_ x: Double) -> Double {
        if x.isNaN || x == .infinity { return x }
        guard x >= 1 else { return .nan }
        if x > 0x1p60 { return (logarithm(x) + ElementaryConstants.ln2Pair).value }
        let excess = DoubleDouble.sum(x, -1)
        let root = (excess * (excess + 2)).squareRoot
        return logarithmOnePlus(excess + root).value
    }

    /// Inverse hyperbolic tangent; NaN outside -1…1.
    package static func atanh(_ x: Double) -> Double {
        let size = x.magnitude
        if x.isNaN || size < 0x1p-27 { return x }
        guard size <= 1 else { return .nan }
        if size == 1 { return x < 0 ? -.infinity : .infinity }
        let quotient = DoubleDouble(2 * size) / DoubleDouble.sum(1, -size)
        let result = logarithmOnePlus(quotient).value / 2
        return x < 0 ? -result : result
    }
}
