extension Elementary {
    /// Sine of an angle in radians; NaN for infinities.
    package static func sin(_ x: Double) -> Double {
        if x.magnitude < 0x1p-27 { return x }
        guard x.isFinite else { return .nan }
        let (rest, quadrant) = reduceHalfPi(x)
        return sineOrCosine(rest, quadrant).value
    }

    /// Cosine of an angle in radians; NaN for infinities.
    package static func cos(_ x: Double) -> Double {
        guard x.isFinite else { return .nan }
        let (rest, quadrant) = reduceHalfPi(x)
        return sineOrCosine(rest, quadrant &+ 1).value
    }

    /// Tangent of an angle in radians; NaN for infinities.
    package static func tan(_ x: Double) -> Double {
        if x.magnitude < 0x1p-27 { return x }
        guard x.isFinite else { return .nan }
        let (rest, quadrant) = reduceHalfPi(x)
        return (sineOrCosine(rest, quadrant) / sineOrCosine(rest, quadrant &+ 1)).value
    }

    /// Sine of `πx`, exact at multiples of one half.
    package static func sinpi(_ x: Double) -> Double {
        guard x.isFinite else { return .nan }
        let rest = x.truncatingRemainder(dividingBy: 2)
        if rest == rest.rounded(.towardZero) { return x.sign == .minus ? -0.0 : 0 }
        let (angle, quadrant) = reduceTurns(rest)
        return sineOrCosine(angle, quadrant).value
    }

    /// Cosine of `πx`, exact at multiples of one half.
    package static func cospi(_ x: Double) -> Double {
        guard x.isFinite else { return .nan }
        let rest = x.magnitude.truncatingRemainder(dividingBy: 2)
        if rest == 0.5 || rest == 1.5 { return 0 }
        let (angle, quadrant) = reduceTurns(rest)
        return sineOrCosine(angle, quadrant &+ 1).value
    }

    private static func reduceTurns(_ rest: Double) -> (DoubleDouble, Int) {
        let quarters = (2 * rest).rounded(.toNearestOrEven)
        return (ElementaryConstants.piPair * (rest - quarters / 2), Int(quarters))
    }

    private static func sineOrCosine(_ x: DoubleDouble, _ quadrant: Int) -> DoubleDouble {
        let square = x * x
        let result =
            quadrant & 1 == 0
            ? DoubleDouble.polynomial(square, ElementaryConstants.sine, precise: 5) * x
            : DoubleDouble.polynomial(square, ElementaryConstants.cosine, precise: 5)
        return quadrant & 2 == 0 ? result : -result
    }

    /// `x` modulo π/2, at most π/4 in size, and the quadrant.
    private static func reduceHalfPi(_ x: Double) -> (DoubleDouble, Int) {
        if x.magnitude <= 0.785 { return (DoubleDouble(x), 0) }
        guard x.magnitude < 0x1p20 else { return reduceLarge(x) }
        let parts = ElementaryConstants.halfPi
        let multiple = (x / parts[0]).rounded(.toNearestOrEven)
        let rest =
            ((DoubleDouble(x) - DoubleDouble.product(multiple, parts[0])) - DoubleDouble.product(multiple, parts[1]))
            - DoubleDouble.product(multiple, parts[2])
        return (rest, Int(multiple))
    }

    /// Payne and Hanek's reduction: as many bits of 2/π as the exponent asks for.
    private static func reduceLarge(_ x: Double) -> (DoubleDouble, Int) {
        let significand = BigInteger(x.significandBitPattern | 1 << 52)
        let exponent = Int(x.exponent) - 52
        let fractionBits = ElementaryConstants.fractionBits - exponent
        let product = significand * ElementaryConstants.twoOverPi
        // To the nearest whole number of quarter turns.
        let half = BigInteger(magnitude: Limbs.shiftedLeft([1], by: fractionBits - 1), isNegative: false)
        let whole = (product + half).shiftedRight(by: fractionBits)
        let wholeBits = BigInteger(magnitude: Limbs.shiftedLeft(whole.magnitude, by: fractionBits), isNegative: false)
        let rest = product - wholeBits
        let high = rest.double(scaledBy: -fractionBits)
        let fraction = DoubleDouble(high, remainder(rest, high, fractionBits))
        let angle = fraction * ElementaryConstants.halfPiPair
        let quadrant = Int(whole.truncated(to: UInt8.self) & 3)
        return x < 0 ? (-angle, -quadrant) : (angle, quadrant)
    }

    /// What `high` leaves of a fixed-point number.
    private static func remainder(_ number: BigInteger, _ high: Double, _ fractionBits: Int) -> Double {
        guard high != 0 else { return 0 }
        let shift = Int(high.exponent) - 52 + fractionBits
        guard shift > 0 else { return 0 }
        let limbs = Limbs.shiftedLeft([high.significandBitPattern | 1 << 52], by: shift)
        return (number - BigInteger(magnitude: limbs, isNegative: high < 0)).double(scaledBy: -fractionBits)
    }

    // MARK: Inverses

    /// Arc tangent.
    package static func atan(_ x: Double) -> Double {
        if x.isNaN || x.magnitude < 0x1p-27 { return x }
        if x.isInfinite { return x < 0 ? -ElementaryConstants.halfPi[0] : ElementaryConstants.halfPi[0] }
        let result = arcTangent(DoubleDouble(x.magnitude), DoubleDouble.one).value
        return x < 0 ? -result : result
    }

    /// The angle of the point (x, y), from -π to π, with C's rules for zeros and infinities.
    package static func atan(_ y: Double, _ x: Double) -> Double {
        if x.isNaN || y.isNaN { return .nan }
        let size = angle(y.magnitude, x.magnitude, isLeft: x.sign == .minus)
        return y.sign == .minus ? -size : size
    }

    private static func angle(_ y: Double, _ x: Double, isLeft: Bool) -> Double {
        let pi = ElementaryConstants.piPair
        if y == 0 { return isLeft ? pi.high : 0 }
        if x == 0 || (y.isInfinite && x.isFinite) { return ElementaryConstants.halfPi[0] }
        if y.isInfinite { return isLeft ? 3 * (pi.high / 4) : pi.high / 4 }
        if x.isInfinite { return isLeft ? pi.high : 0 }
        // Scaling keeps products and quotients away from underflow and overflow.
        let shift = -Int(max(x, y).exponent)
        let factor = Double(sign: .plus, exponent: shift / 2, significand: 1)
        let second = Double(sign: .plus, exponent: shift - shift / 2, significand: 1)
        let (ordinate, abscissa) = (y * factor * second, x * factor * second)
        if abscissa > 0, ordinate / abscissa < 0x1p-40, !isLeft { return y / x }
        let result = arcTangent(DoubleDouble(ordinate), DoubleDouble(abscissa))
        return isLeft ? (pi - result).value : result.value
    }

    /// `atan(y/x)` for non-negative arguments, not both zero: `atan(i/8)` from a table and the series for the rest.
    private static func arcTangent(_ y: DoubleDouble, _ x: DoubleDouble) -> DoubleDouble {
        if y.high > x.high { return ElementaryConstants.halfPiPair - arcTangentBelowOne(x / y) }
        return arcTangentBelowOne(y / x)
    }

    private static func arcTangentBelowOne(_ t: DoubleDouble) -> DoubleDouble {
        let index = (t.high * 8).rounded(.toNearestOrEven)
        let centre = index / 8
        let rest = index == 0 ? t : (t + -centre) / (t * centre + 1)
        let series = DoubleDouble.polynomial(
            rest * rest, Array(ElementaryConstants.alternatingOddInverses.prefix(12)), precise: 5)
        let small = series * rest
        return index == 0 ? small : ElementaryConstants.arcTangents[Int(index)] + small
    }

    /// Arc sine; NaN outside -1…1.
    package static func asin(_ x: Double) -> Double {
        if x.magnitude < 0x1p-27 { return x }
        guard x.magnitude <= 1 else { return .nan }
        let cathetus = (DoubleDouble.sum(1, -x) * DoubleDouble.sum(1, x)).squareRoot
        let result = arcTangent(DoubleDouble(x.magnitude), cathetus).value
        return x < 0 ? -result : result
    }

    /// Arc cosine; NaN outside -1…1.
    package static func acos(_ x: Double) -> Double {
        guard x.magnitude <= 1 else { return .nan }
        let cathetus = (DoubleDouble.sum(1, -x) * DoubleDouble.sum(1, x)).squareRoot
        if x == 0 { return ElementaryConstants.halfPi[0] }
        let result = arcTangent(cathetus, DoubleDouble(x.magnitude))
        return x < 0 ? (ElementaryConstants.piPair - result).value : result.value
    }
}
