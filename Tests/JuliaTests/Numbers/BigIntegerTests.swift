import Julia
import Testing

@Suite("Julia big integers")
struct BigIntegerTests {
    private func random(_ generator: inout SplitMix, limbs: Int) -> BigInteger {
        let words = (0..<limbs).map { _ -> UInt64 in
            let choice = generator.below(8)
            return choice == 0 ? 0 : choice == 1 ? .max : generator.next()
        }
        return BigInteger(magnitude: words, isNegative: generator.next() & 1 == 1)
    }

    @Test("keeps the laws of arithmetic", arguments: [UInt64(42)])
    func laws(seed: UInt64) throws {
        var generator = SplitMix(state: seed)
        for _ in 0..<150 {
            let a = random(&generator, limbs: generator.below(120))
            let b = random(&generator, limbs: generator.below(60))
            #expect((a + b) * (a - b) == a * a - b * b, "seed \(seed)")
            #expect((a & b) + (a | b) == a + b)
            #expect((a ^ b) == (a | b) - (a & b))
            #expect(try a.shiftedLeft(by: 77).shiftedRight(by: 77) == a)
            guard !b.isZero else { continue }
            let (quotient, remainder) = try a.dividedTruncating(by: b)
            #expect(quotient * b + remainder == a)
            #expect(remainder.absolute < b.absolute)
            let (floor, modulus) = try a.dividedFlooring(by: b)
            #expect(floor * b + modulus == a)
            #expect(modulus.isZero || modulus.isNegative == b.isNegative)
        }
    }

    @Test("writes and reads digits in every base", arguments: [UInt64(9)])
    func text(seed: UInt64) throws {
        var generator = SplitMix(state: seed)
        for radix in 2...62 {
            let value = random(&generator, limbs: 5)
            #expect(BigInteger(value.text(radix: radix), radix: radix) == value, "seed \(seed), base \(radix)")
        }
        #expect(try BigInteger(2).power(100).description == "1267650600228229401496703205376")
        #expect(BigInteger("12x") == nil)
        #expect(BigInteger("") == nil)
    }

    @Test("agrees with machine integers", arguments: [UInt64(3)])
    func machine(seed: UInt64) throws {
        var generator = SplitMix(state: seed)
        for _ in 0..<2_000 {
            let a = Int64(bitPattern: generator.next()) >> Int64(generator.below(60))
            let b = Int64(bitPattern: generator.next()) >> Int64(generator.below(60))
            #expect((BigInteger(a) * BigInteger(b)).exactly(Int128.self) == Int128(a) * Int128(b), "seed \(seed)")
            #expect((BigInteger(a) & BigInteger(b)).exactly(Int64.self) == a & b)
            #expect(BigInteger(a).shiftedRight(by: 7).exactly(Int64.self) == a >> 7)
            #expect(BigInteger(a).double == Double(a))
            #expect((BigInteger(a) < BigInteger(b)) == (a < b))
        }
    }

    @Test("has number theory and refuses what has no result")
    func numberTheory() throws {
        #expect(try BigInteger(3).power(BigInteger(200), modulo: BigInteger(13)) == BigInteger(9))
        #expect(try BigInteger(3).inverse(modulo: BigInteger(11)) == BigInteger(4))
        #expect(BigInteger.greatestCommonDivisor(BigInteger(48), BigInteger(-18)) == BigInteger(6))
        #expect(try BigInteger(10).power(40).squareRoot() == BigInteger(10).power(20))
        #expect(throws: BigIntegerError.divisionByZero) { try BigInteger(1).dividedTruncating(by: .zero) }
        #expect(throws: BigIntegerError.notInvertible) { try BigInteger(2).inverse(modulo: BigInteger(4)) }
        #expect(throws: BigIntegerError.negativeOperand) { try BigInteger(-1).squareRoot() }
        #expect(throws: BigIntegerError.self) { try BigInteger(3).power(.max) }
        #expect(throws: BigIntegerError.self) { try BigInteger(3).shiftedLeft(by: .max) }
        #expect(BigInteger(exactly: 1e22)?.description == "10000000000000000000000")
        #expect(BigInteger(exactly: 0.5) == nil)
    }
}
