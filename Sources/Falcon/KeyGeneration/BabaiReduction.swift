/// Reduces (F, G) against (f, g) by multiples k·(f, g) until no multiple makes them shorter.
///
/// k is the rounded quotient (F·f* + G·g*)/(f·f* + g·g*), computed from the leading 62 bits of all coefficients with
/// a Fourier transform of Doubles, about 30 bits of it at a time. The end result does not depend on the way there.
struct BabaiReduction {
    private static let quotientBits = 30
    private static let windowBits = 62

    private let f: BigPolynomial
    private let g: BigPolynomial
    private let transform: FourierTransform
    private let shortOffset: Int
    /// Transforms of f* and g*, both divided by f·f* + g·g*.
    private let fQuotient: SecretBuffer<Double>
    private let gQuotient: SecretBuffer<Double>

    init(_ f: BigPolynomial, _ g: BigPolynomial) {
        let transform = FourierTransform(logDegree: f.degree.trailingZeroBitCount)
        self.f = f
        self.g = g
        self.transform = transform
        shortOffset = max(0, max(f.bitLength, g.bitLength) - Self.windowBits)
        fQuotient = SecretBuffer(repeating: 0, count: f.degree)
        gQuotient = SecretBuffer(repeating: 0, count: f.degree)
        f.approximate(offset: shortOffset, into: fQuotient)
        g.approximate(offset: shortOffset, into: gQuotient)
        transform.forward(fQuotient.pointer)
        transform.forward(gQuotient.pointer)
        for index in 0..<transform.half {
            let other = index + transform.half
            let (fr, fi, gr, gi) = (fQuotient[index], fQuotient[other], gQuotient[index], gQuotient[other])
            let inverse = 1 / ((fr * fr + fi * fi) + (gr * gr + gi * gi))
            fQuotient[index] = fr * inverse
            fQuotient[other] = -fi * inverse
            gQuotient[index] = gr * inverse
            gQuotient[other] = -gi * inverse
        }
    }

    /// The reduced pair; nil if the reduction does not come to an end, or falls behind `schedule`.
    func reduce(
        _ capitalF: BigPolynomial, _ capitalG: BigPolynomial, schedule: ReductionSchedule?
    ) -> (f: BigPolynomial, g: BigPolynomial)? {
        guard let schedule else { return reduceFully(capitalF, capitalG) }
        return reduce(capitalF, capitalG, scheduled: schedule)
    }

    /// Reduces with scales that follow the size of the quotient, until it is zero.
    private func reduceFully(
        _ capitalF: BigPolynomial, _ capitalG: BigPolynomial
    ) -> (f: BigPolynomial, g: BigPolynomial)? {
        var (longF, longG) = (capitalF, capitalG)
        var roundsLeft = 64 * max(longF.limbs, longG.limbs)
        while roundsLeft > 0 {
            let values = quotient(longF, longG)
            let largest = values.coefficients.elements.reduce(0) { max($0, abs($1)) }
            guard largest.isFinite else { return nil }
            let shift = largest > 0 ? max(0, Int(largest.exponent) + values.exponent - Self.quotientBits) : 0
            let multiple = rounded(values.coefficients, exponent: values.exponent - shift)
            if multiple.words.elements.allSatisfy({ $0 == 0 }) { return (longF, longG) }
            (longF, longG) = subtracting(multiple, shift, longF, longG)
            roundsLeft -= 1
        }
        return nil
    }

    /// Reduces with the scales of a schedule.
    private func reduce(
        _ capitalF: BigPolynomial, _ capitalG: BigPolynomial, scheduled: ReductionSchedule
    ) -> (f: BigPolynomial, g: BigPolynomial)? {
        var (longF, longG) = (capitalF, capitalG)
        var schedule = scheduled
        while true {
            let values = quotient(longF, longG)
            let exponent = values.exponent - schedule.scale
            let unit = Double(sign: .plus, exponent: exponent, significand: 1)
            let isSmall = values.coefficients.elements.allSatisfy { abs($0 * unit) < ReductionSchedule.multipleEnd }
            guard isSmall else { return nil }
            let multiple = rounded(values.coefficients, exponent: exponent)
            (longF, longG) = subtracting(multiple, schedule.scale, longF, longG)
            let isLastRound = schedule.isLastRound
            guard schedule.finishRound(bits: max(longF.bitLength, longG.bitLength)) else { return nil }
            if isLastRound { return (longF, longG) }
        }
    }

    /// (F, G) − multiple·2^`shift`·(f, g).
    private func subtracting(
        _ multiple: BigPolynomial, _ shift: Int, _ longF: BigPolynomial, _ longG: BigPolynomial
    ) -> (BigPolynomial, BigPolynomial) {
        if multiple.words.elements.allSatisfy({ $0 == 0 }) { return (longF, longG) }
        let (productF, productG) = (multiple * f, multiple * g)
        let bits = max(productF.bitLength, productG.bitLength) + shift
        let limbs = max(longF.limbs, longG.limbs, (bits + 1) / 64 + 1)
        let (newF, newG) = (longF.copied(limbs: limbs), longG.copied(limbs: limbs))
        newF.subtract(productF, shift: shift)
        newG.subtract(productG, shift: shift)
        return (newF.trimmed(), newG.trimmed())
    }

    private func rounded(_ values: SecretBuffer<Double>, exponent: Int) -> BigPolynomial {
        let unit = Double(sign: .plus, exponent: exponent, significand: 1)
        return BigPolynomial(degree: f.degree) { ConstantTime.rounded(values[$0] * unit) }
    }

    /// (F·f* + G·g*)/(f·f* + g·g*), divided by 2^`exponent`.
    private func quotient(
        _ longF: BigPolynomial, _ longG: BigPolynomial
    ) -> (coefficients: SecretBuffer<Double>, exponent: Int) {
        let offset = max(0, max(longF.bitLength, longG.bitLength) - Self.windowBits)
        let first = SecretBuffer<Double>(repeating: 0, count: f.degree)
        let second = SecretBuffer<Double>(repeating: 0, count: f.degree)
        longF.approximate(offset: offset, into: first)
        longG.approximate(offset: offset, into: second)
        transform.forward(first.pointer)
        transform.forward(second.pointer)
        transform.multiply(first.pointer, by: fQuotient.pointer)
        transform.multiply(second.pointer, by: gQuotient.pointer)
        transform.add(first.pointer, second.pointer)
        transform.inverse(first.pointer)
        extendLifetime(second)
        return (first, offset - shortOffset)
    }
}
