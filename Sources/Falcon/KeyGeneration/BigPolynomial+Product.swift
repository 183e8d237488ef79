extension BigPolynomial {
    /// The product in Z[x]/(xᵐ + 1), by schoolbook: degree times words stays near 100 to 1000 all the way down the
    /// tower of rings, where nothing faster pays.
    static func * (a: BigPolynomial, b: BigPolynomial) -> BigPolynomial {
        let guardBits = Int.bitWidth - a.degree.leadingZeroBitCount
        let bits = a.bitLength + b.bitLength + guardBits
        let result = BigPolynomial(degree: a.degree, limbs: bits / 64 + 1)
        if result.limbs == 1, a.limbs == 1, b.limbs == 1 {
            result.accumulateWords(a, b)
        } else {
            result.accumulate(a, b)
        }
        return result
    }

    /// Adds a·b, where everything fits into single words.
    private func accumulateWords(_ a: BigPolynomial, _ b: BigPolynomial) {
        let (x, y, r) = (a.words.pointer, b.words.pointer, words.pointer)
        for index in 0..<degree {
            let factor = x[index]
            let wrap = degree &- index
            for other in 0..<wrap { r[index &+ other] &+= factor &* y[other] }
            for other in wrap..<degree { r[other &- wrap] &-= factor &* y[other] }
        }
        extendLifetime(a.words)
        extendLifetime(b.words)
    }

    /// Adds a·b coefficient by coefficient, magnitudes and signs apart.
    private func accumulate(_ a: BigPolynomial, _ b: BigPolynomial) {
        let (x, y) = (SignedMagnitudes(a), SignedMagnitudes(b))
        for index in 0..<degree {
            for other in 0..<degree {
                let position = index &+ other
                let wraps = position >= degree
                let target = coefficient(wraps ? position &- degree : position)
                let negative = (x.isNegative(index) != y.isNegative(other)) != wraps
                addProduct(target, x, index, y, other, negative: negative)
            }
        }
    }

    @inline(__always)
    private func addProduct(
        _ target: UnsafeMutablePointer<UInt64>, _ x: SignedMagnitudes, _ index: Int, _ y: SignedMagnitudes,
        _ other: Int, negative: Bool
    ) {
        let (first, second) = (x.magnitude(index), y.magnitude(other))
        for word in 0..<x.limbs where first[word] != 0 {
            // The product of the magnitudes fits, so that words beyond the result are zero.
            let count = min(y.limbs, limbs &- word)
            if negative {
                WordArithmetic.subtractProduct(target + word, limbs &- word, second, count, first[word])
            } else {
                WordArithmetic.addProduct(target + word, limbs &- word, second, count, first[word])
            }
        }
    }

    /// The coefficients of a polynomial as magnitudes with signs.
    private struct SignedMagnitudes {
        let limbs: Int
        private let polynomial: BigPolynomial
        private let signs: SecretBuffer<Bool>

        init(_ source: BigPolynomial) {
            limbs = source.limbs
            let copy = BigPolynomial(degree: source.degree, limbs: source.limbs)
            copy.words.pointer.update(from: source.words.pointer, count: source.words.count)
            signs = SecretBuffer(repeating: false, count: source.degree)
            for index in 0..<source.degree where copy.coefficient(index)[limbs - 1] >> 63 == 1 {
                WordArithmetic.negate(copy.coefficient(index), limbs)
                signs[index] = true
            }
            polynomial = copy
        }

        @inline(__always)
        func magnitude(_ index: Int) -> UnsafePointer<UInt64> { UnsafePointer(polynomial.coefficient(index)) }

        @inline(__always)
        func isNegative(_ index: Int) -> Bool { signs[index] }
    }
}
