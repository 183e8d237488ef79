/// A polynomial of Z[x]/(xᵐ + 1) with large coefficients: m numbers of `limbs` 64-bit words, two's complement, least
/// significant word first.
struct BigPolynomial {
    let degree: Int
    let limbs: Int
    let words: SecretBuffer<UInt64>

    /// Zero.
    init(degree: Int, limbs: Int) {
        self.degree = degree
        self.limbs = limbs
        words = SecretBuffer(repeating: 0, count: degree * limbs)
    }

    /// A polynomial of single words.
    init(degree: Int, coefficient: (Int) -> Int64) {
        self.init(degree: degree, limbs: 1)
        for index in 0..<degree { words[index] = UInt64(bitPattern: coefficient(index)) }
    }

    /// The words of one coefficient.
    @inline(__always)
    func coefficient(_ index: Int) -> UnsafeMutablePointer<UInt64> { words.pointer + index &* limbs }

    /// The largest bit length of a coefficient.
    var bitLength: Int {
        (0..<degree).reduce(0) { max($0, WordArithmetic.bitLength(coefficient($1), limbs)) }
    }

    /// The same polynomial with another number of words, which must suffice.
    func resized(limbs newLimbs: Int) -> BigPolynomial {
        newLimbs == limbs ? self : copied(limbs: newLimbs)
    }

    /// A copy with a number of words that suffices.
    func copied(limbs newLimbs: Int) -> BigPolynomial {
        let result = BigPolynomial(degree: degree, limbs: newLimbs)
        for index in 0..<degree {
            let (source, target) = (coefficient(index), result.coefficient(index))
            let sign = UInt64(bitPattern: Int64(bitPattern: source[limbs - 1]) >> 63)
            for word in 0..<newLimbs { target[word] = word < limbs ? source[word] : sign }
        }
        return result
    }

    /// The same polynomial with as few words as its coefficients need.
    func trimmed() -> BigPolynomial { resized(limbs: bitLength / 64 + 1) }

    /// The coefficients of even (`part` 0) or odd (1) powers, as a polynomial of half the degree.
    func half(_ part: Int) -> BigPolynomial {
        let result = BigPolynomial(degree: degree / 2, limbs: limbs)
        for index in 0..<result.degree {
            result.coefficient(index).update(from: coefficient(2 * index + part), count: limbs)
        }
        return result
    }

    /// N(f), the polynomial of half the degree with N(f)(x²) = f(x)·f(−x).
    func norm() -> BigPolynomial {
        let (even, odd) = (half(0), half(1))
        let (first, second) = (even * even, odd * odd)
        let limbs = max(first.limbs, second.limbs) + 1
        let (result, shifted) = (first.resized(limbs: limbs), second.resized(limbs: limbs))
        for index in 0..<result.degree {
            // first − x·second, with x^m = −1.
            let target = result.coefficient((index + 1) % result.degree)
            if index + 1 == result.degree { WordArithmetic.negate(shifted.coefficient(index), limbs) }
            WordArithmetic.subtractShifted(target, limbs, shifted.coefficient(index), limbs, shift: 0)
        }
        return result.trimmed()
    }

    /// self(x²)·g(−x), a polynomial of twice the degree.
    func lifted(by g: BigPolynomial) -> BigPolynomial {
        let (even, odd) = (self * g.half(0), self * g.half(1))
        let limbs = max(even.limbs, odd.limbs) + 1
        let result = BigPolynomial(degree: 2 * degree, limbs: limbs)
        let (first, second) = (even.resized(limbs: limbs), odd.resized(limbs: limbs))
        for index in 0..<degree {
            WordArithmetic.negate(second.coefficient(index), limbs)
            result.coefficient(2 * index).update(from: first.coefficient(index), count: limbs)
            result.coefficient(2 * index + 1).update(from: second.coefficient(index), count: limbs)
        }
        return result.trimmed()
    }

    /// self −= other·2^`shift`.
    func subtract(_ other: BigPolynomial, shift: Int) {
        for index in 0..<degree {
            WordArithmetic.subtractShifted(
                coefficient(index), limbs, other.coefficient(index), other.limbs, shift: shift)
        }
    }

    /// Writes the coefficients, divided by 2^`offset` and rounded down, as Doubles.
    func approximate(offset: Int, into output: SecretBuffer<Double>) {
        for index in 0..<degree {
            output[index] = Double(WordArithmetic.window(coefficient(index), limbs, offset: offset))
        }
    }
}
