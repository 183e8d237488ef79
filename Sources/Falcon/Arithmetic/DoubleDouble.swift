/// An unevaluated sum of two Doubles, about 106 bits (Dekker 1971). Only for the tables of roots of unity, whose
/// entries must be correctly rounded.
struct DoubleDouble {
    let high: Double
    let low: Double

    init(_ high: Double, _ low: Double = 0) {
        self.high = high
        self.low = low
    }

    /// The exact sum of two Doubles.
    private static func exactSum(_ a: Double, _ b: Double) -> DoubleDouble {
        let sum = a + b
        let part = sum - a
        return DoubleDouble(sum, (a - (sum - part)) + (b - part))
    }

    /// The exact product of two Doubles.
    private static func exactProduct(_ a: Double, _ b: Double) -> DoubleDouble {
        let product = a * b
        let (a1, a0) = split(a)
        let (b1, b0) = split(b)
        return DoubleDouble(product, ((a1 * b1 - product) + a1 * b0 + a0 * b1) + a0 * b0)
    }

    private static func split(_ a: Double) -> (Double, Double) {
        let scaled = a * 134_217_729
        let high = scaled - (scaled - a)
        return (high, a - high)
    }

    static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
        let sum = exactSum(a.high, b.high)
        let rest = exactSum(a.low, b.low)
        let middle = exactSum(sum.high, sum.low + rest.high)
        return exactSum(middle.high, middle.low + rest.low)
    }

    static prefix func - (a: DoubleDouble) -> DoubleDouble { DoubleDouble(-a.high, -a.low) }

    static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
        let product = exactProduct(a.high, b.high)
        return exactSum(product.high, product.low + (a.high * b.low + a.low * b.high))
    }

    static func / (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
        let first = a.high / b.high
        let rest = a + -(b * DoubleDouble(first))
        let second = rest.high / b.high
        let last = rest + -(b * DoubleDouble(second))
        return exactSum(first, second) + DoubleDouble(last.high / b.high)
    }

    /// The square root of a positive number: one Newton step beyond the hardware's.
    var squareRoot: DoubleDouble {
        let root = DoubleDouble(high.squareRoot())
        let rest = self + -(root * root)
        return root + rest / DoubleDouble(2 * root.high)
    }
}
