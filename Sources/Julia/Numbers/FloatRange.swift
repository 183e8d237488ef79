/// A range of floats as Julia's `StepRangeLen` holds it: reference and step in twice the precision, so that `0.1:0.1:1`
/// has the elements that a reader expects. Element i is `reference + (i - offset) · step`.
package struct FloatRange: Sendable, Hashable {
    package var referenceHigh: Double
    package var referenceLow: Double
    package var stepHigh: Double
    package var stepLow: Double
    package var count: Int
    /// The 1-based index of the reference, the element of smallest size.
    package var offset: Int

    /// Element `index`, 1-based.
    package func element(_ index: Int) -> Double {
        let steps = Double(index - offset)
        let shift = steps * stepHigh
        let sum = DoubleDouble.sum(referenceHigh, shift)
        return sum.high + (sum.low + (steps * stepLow + referenceLow))
    }

    /// `start:step:stop`; nil for a step of zero (Julia: `ArgumentError`, "step cannot be zero"). With `isSingle` the
    /// numbers are those of `Float32`, and elements are to be rounded to it.
    package init?(from start: Double, by step: Double, through stop: Double, isSingle: Bool = false) {
        guard step != 0, !step.isNaN, !start.isNaN, !stop.isNaN else { return nil }
        if let exact = Self.exact(start, step, stop, isSingle) {
            self = exact
            return
        }
        let length = (stop - start) / step
        var count = 0
        if length == 0 { count = 1 }
        if length > 0 {
            guard length < 0x1p62 else { return nil }
            count = Int(length.rounded(.toNearestOrEven)) + 1
            let last = start + Double(count - 1) * step
            if (start < stop && stop < last) || (start > stop && stop > last) { count -= 1 }
        }
        self.init(literal: start, step: step, count: count)
    }

    /// `range(start; step, length)`.
    package init(from start: Double, by step: Double, count: Int) {
        if let first = Rational(start), let second = Rational(step),
            let denominator = Self.commonDenominator(first, second, start, step)
        {
            let (numerator, increment) = (Self.whole(start, denominator), Self.whole(step, denominator))
            self.init(numerator: numerator, step: increment, denominator: denominator, count: count)
            return
        }
        self.init(literal: start, step: step, count: count)
    }

    private init(literal start: Double, step: Double, count: Int) {
        self.init(
            referenceHigh: start, referenceLow: 0, stepHigh: step, stepLow: 0, count: count, offset: 1)
    }

    init(referenceHigh: Double, referenceLow: Double, stepHigh: Double, stepLow: Double, count: Int, offset: Int) {
        self.referenceHigh = referenceHigh
        self.referenceLow = referenceLow
        self.stepHigh = stepHigh
        self.stepLow = stepLow
        self.count = count
        self.offset = offset
    }

    // MARK: Rational start and step

    /// A float as a quotient of small integers, found by continued fractions.
    struct Rational {
        var numerator: Int
        var denominator: Int

        /// Nil if no quotient of numbers up to 2²⁴ (2¹¹ for `Float32`) is the float.
        init?(_ value: Double, isSingle: Bool = false) {
            let limit = isSingle ? 2_048.0 : 16_777_216.0
            func rounded(_ number: Double) -> Double { isSingle ? Double(Float(number)) : number }
            var rest = value
            var (a, b, c, d) = (1, 0, 0, 1)
            while rest.magnitude <= limit {
                let whole = Int(rest)
                rest -= Double(whole)
                (a, c) = (whole * a + c, a)
                (b, d) = (whole * b + d, b)
                guard max(abs(a), abs(b)) <= Int(limit) else {
                    (a, b) = (c, d)
                    break
                }
                if rounded(Double(a) / Double(b)) == value { break }
                rest = rounded(1 / rest)
            }
            guard b != 0, rounded(Double(a) / Double(b)) == value else { return nil }
            (numerator, denominator) = (a, b)
        }
    }

    private static func whole(_ value: Double, _ denominator: Int) -> Int {
        Int((value * Double(denominator)).rounded(.toNearestOrEven))
    }

    private static func commonDenominator(_ left: Rational, _ right: Rational, _ x: Double, _ y: Double) -> Int? {
        var (a, b) = (abs(left.denominator), abs(right.denominator))
        while b != 0 { (a, b) = (b, a % b) }
        let common = abs(left.denominator) / a * abs(right.denominator)
        let limit = 0x1p53
        guard (x * Double(common)).magnitude <= limit, (y * Double(common)).magnitude <= limit else { return nil }
        return common
    }

    private static func exact(_ start: Double, _ step: Double, _ stop: Double, _ isSingle: Bool) -> FloatRange? {
        guard let increment = Rational(step, isSingle: isSingle), let first = Rational(start, isSingle: isSingle),
            let last = Rational(stop, isSingle: isSingle),
            let denominator = commonDenominator(first, increment, start, step)
        else { return nil }
        let (startNumerator, stepNumerator) = (whole(start, denominator), whole(step, denominator))
        let divisor = Int128(stepNumerator) * Int128(last.denominator)
        guard divisor != 0 else { return nil }
        let span =
            Int128(denominator) * Int128(last.numerator) - Int128(last.denominator) * Int128(startNumerator)
            + Int128(stepNumerator) * Int128(last.denominator)
        let count = max(0, Int(clamping: span / divisor))
        guard isBetween(start, start + Double(count - 1) * step, stop + step / 2),
            !isBetween(start, start + Double(count) * step, stop)
        else { return nil }
        return FloatRange(
            numerator: startNumerator, step: stepNumerator, denominator: denominator, count: count)
    }

    private static func isBetween(_ a: Double, _ x: Double, _ b: Double) -> Bool {
        (a <= x && x <= b) || (b <= x && x <= a)
    }

    private init(numerator: Int, step: Int, denominator: Int, count: Int) {
        guard count >= 2, step != 0 else {
            self.init(Self.quotient(numerator, denominator), Self.quotient(step, denominator), bits: 0, count, 1)
            return
        }
        let ideal = (-Double(numerator) / Double(step) + 1).rounded(.toNearestOrEven)
        let offset = min(max(Int(clamping: Int64(exactly: ideal) ?? 1), 1), count)
        let reference = Int128(numerator) + Int128(offset - 1) * Int128(step)
        self.init(
            Self.quotient(reference, Int128(denominator)), Self.quotient(step, denominator),
            bits: Self.stepBits(count, offset), count, offset)
    }

    private init(_ reference: DoubleDouble, _ step: DoubleDouble, bits: Int, _ count: Int, _ offset: Int) {
        let high = Self.truncated(step.high, bits)
        self.init(
            referenceHigh: reference.high, referenceLow: reference.low, stepHigh: high,
            stepLow: (step.high - high) + step.low, count: count, offset: offset)
    }

    /// Bits to clear in the step, so that its multiples by indices are exact.
    private static func stepBits(_ count: Int, _ offset: Int) -> Int {
        guard count >= 2 else { return 0 }
        let farthest = max(offset - 1, count - offset) - 1
        return min(27, farthest > 0 ? Int.bitWidth - farthest.leadingZeroBitCount : 0)
    }

    private static func truncated(_ value: Double, _ bits: Int) -> Double {
        Double(bitPattern: value.bitPattern & (UInt64.max << UInt64(bits)))
    }

    private static func quotient(_ numerator: some BinaryInteger, _ denominator: some BinaryInteger) -> DoubleDouble {
        func pair(_ value: some BinaryInteger) -> DoubleDouble {
            let high = Double(value)
            return DoubleDouble(high, Double(Int128(value) - Int128(high)))
        }
        return pair(numerator) / pair(denominator)
    }

    // MARK: Start, stop and length

    /// `range(start, stop; length)`; nil if an end is not finite or the length is negative, or 1 with different ends.
    package init?(from start: Double, through stop: Double, count: Int) {
        guard start.isFinite, stop.isFinite, count >= 0, count != 1 || start == stop else { return nil }
        if count < 2 || start == stop {
            self.init(literal: start, step: count < 2 ? stop - start : 0, count: count)
            return
        }
        if let first = Rational(start), let last = Rational(stop),
            let denominator = Self.commonDenominator(first, last, start, stop)
        {
            let (low, high) = (Self.whole(start, denominator), Self.whole(stop, denominator))
            if Double(low) / Double(denominator) == start, Double(high) / Double(denominator) == stop {
                self.init(numerator: low, through: high, denominator: denominator, count: count)
                return
            }
        }
        self.init(between: start, and: stop, count: count)
    }

    private init(numerator low: Int, through high: Int, denominator: Int, count: Int) {
        let zero = -Double(low) / (Double(high) - Double(low))
        let ideal = (zero * Double(count - 1) + 1).rounded(.toNearestOrEven)
        let offset = Int(min(max(ideal, 1), Double(count)))
        let reference = Int128(count - offset) * Int128(low) + Int128(offset - 1) * Int128(high)
        let common = Int128(count - 1) * Int128(denominator)
        self.init(
            Self.quotient(reference, common), Self.quotient(Int128(high) - Int128(low), common),
            bits: Self.stepBits(count, offset), count, offset)
    }

    private init(between start: Double, and stop: Double, count: Int) {
        let span = stop - start
        let last = Double(count - 1)
        let ideal = (-(start / span) * last + 1).rounded(.toNearestOrEven)
        var offset = Int(min(max(ideal, 1), Double(count)))
        var reference = start
        var step = span / last
        if ideal > 1, ideal < Double(count) {
            let part = Double(offset - 1) / last
            reference = (1 - part) * start + part * stop
            step =
                offset - 1 < count - offset
                ? (reference - start) / Double(offset - 1) : (stop - reference) / Double(count - offset)
        } else if ideal <= 1 || ideal.isNaN {
            offset = 1
        } else {
            reference = stop
        }
        let high = Self.truncated(step, Self.stepBits(count, offset))
        let first = DoubleDouble.sum(Double(1 - offset) * high, reference)
        let final = DoubleDouble.sum(Double(count - offset) * high, reference)
        let (a, b) = ((start - first.high) - first.low, (stop - final.high) - final.low)
        let low = (b - a) / last
        self.init(
            referenceHigh: reference, referenceLow: a - Double(1 - offset) * low, stepHigh: high, stepLow: low,
            count: count, offset: offset)
    }
}
