/// Reduces (F, G) against (f, g) by multiples k·(f, g) until no multiple makes them shorter.
///
/// k is the rounded quotient (F·f* + G·g*)/(f·f* + g·g*), computed from the leading 62 bits of all coefficients with
/// a Fourier transform of Doubles, about 25 bits of it at a time. The end result does not depend on the way there.
struct BabaiReduction {
    private static let quotientBits = 25
    private static let windowBits = 62

    private let f: BigPolynomial
    private let g: BigPolynomial
    private let transform: FourierTransform
    private let shortBits: Int
    private let shortOffset: Int
    /// Transforms of f* and g*, both divided by f·f* + g·g*.
    private let fQuotient: SecretBuffer<Double>
    private let gQuotient: SecretBuffer<Double>

    init(_ f: BigPolynomial, _ g: BigPolynomial) {
        let transform = FourierTransform(logDegree: f.degree.trailingZeroBitCount)
        self.f = f
        self.g = g
        self.transform = transform
        shortBits = max(f.bitLength, g.bitLength)
        shortOffset = max(0, shortBits - Self.windowBits)
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

    /// The reduced pair; nil if the reduction does not come to an end.
    func reduce(_ capitalF: BigPolynomial, _ capitalG: BigPolynomial) -> (f: BigPolynomial, g: BigPolynomial)? {
        let limbs = max(capitalF.limbs, capitalG.limbs)
        var (longF, longG) = (capitalF.resized(limbs: limbs), capitalG.resized(limbs: limbs))
        var roundsLeft = limbs * 64 / 8 + 16
        while roundsLeft > 0 {
            let bits = max(longF.bitLength, longG.bitLength)
            (longF, longG) = (longF.resized(limbs: bits / 64 + 1), longG.resized(limbs: bits / 64 + 1))
            let shift = max(0, bits - shortBits - Self.quotientBits)
            guard let quotient = quotient(longF, longG, bits: bits, shift: shift) else { return nil }
            if quotient.bitLength == 0, quotient.words.elements.allSatisfy({ $0 == 0 }) {
                return shift == 0 ? (longF, longG) : nil
            }
            longF.subtract(quotient * f, shift: shift)
            longG.subtract(quotient * g, shift: shift)
            roundsLeft -= 1
        }
        return nil
    }

    /// k/2^`shift`, rounded; nil if it is out of the range in which Doubles hold integers.
    private func quotient(
        _ longF: BigPolynomial, _ longG: BigPolynomial, bits: Int, shift: Int
    ) -> BigPolynomial? {
        let offset = max(0, bits - Self.windowBits)
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
        let scale = Double(sign: .plus, exponent: offset - shortOffset - shift, significand: 1)
        for index in 0..<f.degree { first[index] *= scale }
        guard first.elements.allSatisfy({ abs($0) < 0x1p50 }) else { return nil }
        return BigPolynomial(degree: f.degree) { ConstantTime.rounded(first[$0]) }
    }
}
