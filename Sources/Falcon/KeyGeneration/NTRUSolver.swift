/// Solves f·G − g·F = q for F and G (Falcon 1.2 §3.8.2, NTRUSolve): down a tower of rings of halving degree to two
/// integers, whose Bézout coefficients are lifted back up and reduced against f and g at every floor.
struct NTRUSolver {
    private let basis: SecretBasis
    private let logDegree: Int

    /// Largest magnitude of a coefficient of F and G.
    private static let coefficientMax = 127

    init(_ basis: SecretBasis) {
        self.basis = basis
        logDegree = basis.parameters.logDegree
    }

    /// Fills in F and G of the basis; false if f and g have no suitable solution.
    func solve() -> Bool {
        var tower = [smallPair()]
        for _ in 0..<logDegree {
            let last = tower[tower.count - 1]
            tower.append((last.f.norm(), last.g.norm()))
        }
        guard let bottom = tower.popLast(), var solution = solveIntegers(bottom.f, bottom.g) else { return false }
        for (depth, (f, g)) in tower.enumerated().reversed() {
            let lifted = (f: solution.f.lifted(by: g), g: solution.g.lifted(by: f))
            let schedule = ReductionSchedule(depth: depth)
            guard let reduced = BabaiReduction(f, g).reduce(lifted.f, lifted.g, schedule: schedule) else {
                return false
            }
            solution = reduced
        }
        return store(solution.f, solution.g) && basis.satisfiesEquation()
    }

    private func smallPair() -> (f: BigPolynomial, g: BigPolynomial) {
        let degree = basis.parameters.degree
        return (
            BigPolynomial(degree: degree) { Int64(basis.f[$0]) },
            BigPolynomial(degree: degree) { Int64(basis.g[$0]) }
        )
    }

    /// F and G with f·G − g·F = q for integers f and g.
    private func solveIntegers(
        _ f: BigPolynomial, _ g: BigPolynomial
    ) -> (f: BigPolynomial, g: BigPolynomial)? {
        let limbs = max(f.limbs, g.limbs) + 1
        let (x, y) = (f.resized(limbs: limbs), g.resized(limbs: limbs))
        let negative = (x.words[limbs - 1] >> 63 == 1, y.words[limbs - 1] >> 63 == 1)
        let (positiveX, positiveY) = (Self.absolute(x), Self.absolute(y))
        let isOdd = positiveX.words[0] & positiveY.words[0] & 1 == 1
        guard isOdd, positiveY.bitLength > 1 else { return nil }
        guard let (u, v) = BezoutSolver(positiveX.words, positiveY.words).solve() else { return nil }
        // |f|·u − |g|·v = 1, so that G = ±u·q and F = ±v·q.
        return (
            Self.multiplied(v, limbs: limbs, negative: negative.1),
            Self.multiplied(u, limbs: limbs, negative: negative.0)
        )
    }

    private static func absolute(_ a: BigPolynomial) -> BigPolynomial {
        let copy = BigPolynomial(degree: 1, limbs: a.limbs)
        copy.words.pointer.update(from: a.words.pointer, count: a.limbs)
        if a.words[a.limbs - 1] >> 63 == 1 { WordArithmetic.negate(copy.words.pointer, a.limbs) }
        return copy
    }

    /// ±a·q as a constant polynomial.
    private static func multiplied(_ a: SecretBuffer<UInt64>, limbs: Int, negative: Bool) -> BigPolynomial {
        let result = BigPolynomial(degree: 1, limbs: limbs + 1)
        let q = UInt64(FalconParameters.modulus)
        if negative {
            WordArithmetic.subtractProduct(result.words.pointer, limbs + 1, a.pointer, limbs, q)
        } else {
            WordArithmetic.addProduct(result.words.pointer, limbs + 1, a.pointer, limbs, q)
        }
        extendLifetime(a)
        return result.trimmed()
    }

    /// Copies the solution into the basis if its coefficients are small enough.
    private func store(_ capitalF: BigPolynomial, _ capitalG: BigPolynomial) -> Bool {
        for (source, target) in [(capitalF, basis.capitalF), (capitalG, basis.capitalG)] {
            guard source.limbs == 1 else { return false }
            for index in 0..<source.degree {
                let value = Int64(bitPattern: source.words[index])
                guard value.magnitude <= Self.coefficientMax else { return false }
                target[index] = Int8(truncatingIfNeeded: value)
            }
        }
        return true
    }
}
