/// Bézout coefficients of two large odd numbers, by the binary algorithm in batches of 31 steps (Pornin 2020,
/// "Optimized Binary GCD for Modular Inversion"): a batch decides on the top and the lowest bits, then applies all of its
/// steps to the full numbers at once. Time depends on the numbers.
struct BezoutSolver {
    private static let batchSteps = 31

    /// The factors of a batch: a' = (a·pa + b·pb)/2³¹, b' = (a·qa + b·qb)/2³¹.
    private struct Factors {
        var pa: Int64 = 1
        var pb: Int64 = 0
        var qa: Int64 = 0
        var qb: Int64 = 1
    }

    private let count: Int
    private let x: SecretBuffer<UInt64>
    private let y: SecretBuffer<UInt64>
    private let a: SecretBuffer<UInt64>
    private let b: SecretBuffer<UInt64>
    private let u: SecretBuffer<UInt64>
    private let w: SecretBuffer<UInt64>
    /// −1/y mod 2⁶⁴.
    private let negatedInverse: UInt64

    /// Solver for positive odd `x` and `y` of `count` words with at least two zero top bits, y > 1.
    init(_ x: SecretBuffer<UInt64>, _ y: SecretBuffer<UInt64>) {
        count = x.count
        self.x = x
        self.y = y
        a = Self.copy(x)
        b = Self.copy(y)
        u = SecretBuffer(repeating: 0, count: count)
        w = SecretBuffer(repeating: 0, count: count)
        u[0] = 1
        var inverse = y[0]
        for _ in 0..<5 { inverse = inverse &* (2 &- y[0] &* inverse) }
        negatedInverse = 0 &- inverse
    }

    /// u and v with x·u − y·v = 1, 0 < u < y and 0 ≤ v < x; nil if x and y have a common divisor.
    func solve() -> (u: SecretBuffer<UInt64>, v: SecretBuffer<UInt64>)? {
        // Every step takes one bit off a or b; approximation errors cost a few more.
        var batches = 2 * 64 * count / Self.batchSteps + 64
        while batches > 0, !isZero(a), !isZero(b) {
            step()
            batches -= 1
        }
        let (divisor, inverse) = isZero(a) ? (b, w) : (a, u)
        guard divisor[0] == 1, (1..<count).allSatisfy({ divisor[$0] == 0 }), !isZero(inverse) else { return nil }
        guard isZero(a) || isZero(b) else { return nil }
        return (inverse, cofactor(inverse))
    }

    private func step() {
        var factors = decide()
        let newA = combine(a, b, factors.pa, factors.pb)
        if newA.negative {
            factors.pa = -factors.pa
            factors.pb = -factors.pb
        }
        let newB = combine(a, b, factors.qa, factors.qb)
        if newB.negative {
            factors.qa = -factors.qa
            factors.qb = -factors.qb
        }
        a.pointer.update(from: newA.magnitude.pointer, count: count)
        b.pointer.update(from: newB.magnitude.pointer, count: count)
        let newU = combineModular(u, w, factors.pa, factors.pb)
        let newW = combineModular(u, w, factors.qa, factors.qb)
        u.pointer.update(from: newU.pointer, count: count)
        w.pointer.update(from: newW.pointer, count: count)
    }

    /// The factors of the next batch.
    private func decide() -> Factors {
        let bits = max(Self.bitLength(a), Self.bitLength(b))
        let offset = max(bits - 63, 0)
        var topA = UInt64(bitPattern: WordArithmetic.window(a.pointer, count, offset: offset))
        var topB = UInt64(bitPattern: WordArithmetic.window(b.pointer, count, offset: offset))
        var (lowA, lowB) = (a[0], b[0])
        var factors = Factors()
        for _ in 0..<Self.batchSteps {
            if lowA & lowB & 1 == 1 {
                if topA > topB {
                    lowA &-= lowB
                    topA &-= topB
                    factors.pa &-= factors.qa
                    factors.pb &-= factors.qb
                } else {
                    lowB &-= lowA
                    topB &-= topA
                    factors.qa &-= factors.pa
                    factors.qb &-= factors.pb
                }
            }
            if lowA & 1 == 0 {
                lowA >>= 1
                topA >>= 1
                factors.qa &<<= 1
                factors.qb &<<= 1
            } else {
                lowB >>= 1
                topB >>= 1
                factors.pa &<<= 1
                factors.pb &<<= 1
            }
        }
        return factors
    }

    /// |(a·pa + b·pb)/2³¹| and whether the value was negative. The division is exact.
    private func combine(
        _ a: SecretBuffer<UInt64>, _ b: SecretBuffer<UInt64>, _ pa: Int64, _ pb: Int64
    ) -> (magnitude: SecretBuffer<UInt64>, negative: Bool) {
        let sum = linearCombination(a, b, pa, pb, multipleOfY: 0)
        let result = shifted(sum)
        let negative = sum[count] >> 63 == 1
        if negative { WordArithmetic.negate(result.pointer, count) }
        return (result, negative)
    }

    /// (u·pa + w·pb)/2³¹ mod y.
    private func combineModular(
        _ u: SecretBuffer<UInt64>, _ w: SecretBuffer<UInt64>, _ pa: Int64, _ pb: Int64
    ) -> SecretBuffer<UInt64> {
        let low = u[0] &* UInt64(bitPattern: pa) &+ w[0] &* UInt64(bitPattern: pb)
        let multiple = (low &* negatedInverse) & (1 << UInt64(Self.batchSteps) - 1)
        let sum = linearCombination(u, w, pa, pb, multipleOfY: multiple)
        let result = shifted(sum)
        // The value lies strictly between −y and 2y.
        if sum[count] >> 63 == 1 {
            WordArithmetic.addProduct(result.pointer, count, y.pointer, count, 1)
        } else if !Self.isLess(result, y) {
            WordArithmetic.subtractProduct(result.pointer, count, y.pointer, count, 1)
        }
        return result
    }

    /// a·pa + b·pb + y·multiple in two's complement, one word longer than the operands.
    private func linearCombination(
        _ a: SecretBuffer<UInt64>, _ b: SecretBuffer<UInt64>, _ pa: Int64, _ pb: Int64, multipleOfY: UInt64
    ) -> SecretBuffer<UInt64> {
        let sum = SecretBuffer<UInt64>(repeating: 0, count: count + 1)
        for (operand, factor) in [(a, pa), (b, pb)] {
            if factor < 0 {
                WordArithmetic.subtractProduct(sum.pointer, count + 1, operand.pointer, count, factor.magnitude)
            } else {
                WordArithmetic.addProduct(sum.pointer, count + 1, operand.pointer, count, factor.magnitude)
            }
        }
        if multipleOfY != 0 {
            WordArithmetic.addProduct(sum.pointer, count + 1, y.pointer, count, multipleOfY)
        }
        return sum
    }

    /// The low `count` words of sum/2³¹.
    private func shifted(_ sum: SecretBuffer<UInt64>) -> SecretBuffer<UInt64> {
        let result = SecretBuffer<UInt64>(repeating: 0, count: count)
        for index in 0..<count { result[index] = sum[index] >> 31 | sum[index + 1] << 33 }
        return result
    }

    /// v = (x·u − 1)/y, an exact division from the low words up.
    private func cofactor(_ u: SecretBuffer<UInt64>) -> SecretBuffer<UInt64> {
        let rest = SecretBuffer<UInt64>(repeating: 0, count: count)
        for index in 0..<count {
            WordArithmetic.addProduct(
                rest.pointer + index, count - index, x.pointer, count - index, u[index])
        }
        var one: UInt64 = 1
        WordArithmetic.subtractProduct(rest.pointer, count, &one, 1, 1)
        let quotient = SecretBuffer<UInt64>(repeating: 0, count: count)
        for index in 0..<count {
            quotient[index] = rest[index] &* (0 &- negatedInverse)
            WordArithmetic.subtractProduct(
                rest.pointer + index, count - index, y.pointer, count - index, quotient[index])
        }
        return quotient
    }

    private static func copy(_ source: SecretBuffer<UInt64>) -> SecretBuffer<UInt64> {
        let copy = SecretBuffer<UInt64>(repeating: 0, count: source.count)
        copy.pointer.update(from: source.pointer, count: source.count)
        return copy
    }

    private static func bitLength(_ a: SecretBuffer<UInt64>) -> Int {
        WordArithmetic.bitLength(a.pointer, a.count)
    }

    private func isZero(_ a: SecretBuffer<UInt64>) -> Bool { a.elements.allSatisfy { $0 == 0 } }

    private static func isLess(_ a: SecretBuffer<UInt64>, _ b: SecretBuffer<UInt64>) -> Bool {
        for index in (0..<a.count).reversed() where a[index] != b[index] { return a[index] < b[index] }
        return false
    }
}
