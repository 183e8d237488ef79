/// The unevaluated sum of two doubles, `|low| ≤ ulp(high)/2`: about 106 bits.
///
/// The operations are the error-free transformations of Dekker and Knuth and the sums of Joldes, Muller and Popescu
/// ("Tight and rigorous error bounds for basic building blocks of double-word arithmetic", 2017). They use only
/// IEEE 754 operations with one rounding each, so every machine gets the same bits.
struct DoubleDouble {
    var high: Double
    var low: Double

    init(_ high: Double, _ low: Double = 0) {
        self.high = high
        self.low = low
    }

    static let zero = DoubleDouble(0)
    static let one = DoubleDouble(1)

    /// The nearest double.
    var value: Double { high + low }

    /// `a + b` exactly.
    static func sum(_ a: Double, _ b: Double) -> DoubleDouble {
        let total = a + b
        let part = total - a
        return DoubleDouble(total, (a - (total - part)) + (b - part))
    }

    /// `a + b` exactly for `|a| ≥ |b|`.
    private static func ordered(_ a: Double, _ b: Double) -> DoubleDouble {
        let total = a + b
        return DoubleDouble(total, b - (total - a))
    }

    /// `a · b` exactly, without underflow.
    static func product(_ a: Double, _ b: Double) -> DoubleDouble {
        let total = a * b
        return DoubleDouble(total, (-total).addingProduct(a, b))
    }

    static func + (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
        let high = sum(left.high, right.high)
        let low = sum(left.low, right.low)
        let first = ordered(high.high, high.low + low.high)
        return ordered(first.high, first.low + low.low)
    }

    static func + (left: DoubleDouble, right: Double) -> DoubleDouble {
        let high = sum(left.high, right)
        return ordered(high.high, high.low + left.low)
    }

    static prefix func - (value: DoubleDouble) -> DoubleDouble { DoubleDouble(-value.high, -value.low) }

    static func - (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble { left + -right }

    static func * (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
        let high = product(left.high, right.high)
        let cross = (left.low * right.low).addingProduct(left.high, right.low).addingProduct(left.low, right.high)
        return ordered(high.high, high.low + cross)
    }

    static func * (left: DoubleDouble, right: Double) -> DoubleDouble {
        let high = product(left.high, right)
        return ordered(high.high, high.low.addingProduct(left.low, right))
    }

    static func / (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
        let first = left.high / right.high
        let rest = left - right * first
        let second = rest.high / right.high
        let last = (rest - right * second).high / right.high
        return ordered(first, second) + last
    }

    /// The square root of a positive number.
    var squareRoot: DoubleDouble {
        guard high > 0 else { return .zero }
        let root = high.squareRoot()
        let rest = self - DoubleDouble.product(root, root)
        return DoubleDouble.ordered(root, rest.high / (2 * root))
    }

    /// `self · 2^exponent`; exact while nothing underflows.
    func scaled(_ exponent: Int) -> DoubleDouble {
        let factor = Double(sign: .plus, exponent: exponent, significand: 1)
        return DoubleDouble(high * factor, low * factor)
    }

    /// Coefficients times powers, lowest first: those at the front in double-double, the rest in double.
    static func polynomial(_ x: DoubleDouble, _ coefficients: [DoubleDouble], precise: Int) -> DoubleDouble {
        var tail = 0.0
        for coefficient in coefficients.dropFirst(precise).reversed() { tail = tail * x.high + coefficient.high }
        var result = DoubleDouble(tail)
        for coefficient in coefficients.prefix(precise).reversed() { result = result * x + coefficient }
        return result
    }
}
