import Foundation
import Testing

@testable import Falcon

/// Transforms and conversions against direct computation.
struct ArithmeticTests {
    @Test(arguments: [Falcon512.parameters, Falcon1024.parameters])
    func modularProductsEqualSchoolbook(parameters: FalconParameters) {
        let n = parameters.degree
        var shake = SHAKE256()
        shake.absorb([0x5E, 0xED])
        let a = shake.squeeze(count: n).map { Int8(truncatingIfNeeded: Int($0) % 255 - 127) }
        let b = shake.squeeze(count: n).map { Int8(truncatingIfNeeded: Int($0) % 255 - 127) }
        let ring = ModularRing(parameters)
        let product = ring.coefficients(ring.product(ring.transformed(a), ring.transformed(b)))
        for index in [0, 1, 31, 32, n / 2, n - 1] {
            var sum = 0
            for low in 0..<n {
                let high = (index - low + n) % n
                sum += (low > index ? -1 : 1) * Int(a[low]) * Int(b[high])
            }
            #expect(Int(product[index]) == (sum % 12289 + 12289) % 12289, "seed 5EED, index \(index)")
        }
    }

    @Test func inverseExistsUnlessAValueIsZero() throws {
        let ring = ModularRing(Falcon512.parameters)
        var f = [Int8](repeating: 0, count: 512)
        #expect(ring.inverse(ring.transformed(f)) == nil)
        f[0] = 5
        f[17] = -3
        let transformed = ring.transformed(f)
        let inverse = try #require(ring.inverse(transformed))
        let one = ring.coefficients(ring.product(transformed, inverse))
        #expect(one[0] == 1 && (1..<512).allSatisfy { one[$0] == 0 })
    }

    @Test func rootsOfUnityAreRight() {
        let roots = RootsOfUnity.table.pointer
        for index in 1..<1024 {
            let reversed = (0..<10).reduce(0) { $0 << 1 | (index >> $1) & 1 }
            let angle = Double.pi * Double(reversed) / 1024
            #expect(abs(roots[2 * index] - cos(angle)) < 1e-15 && abs(roots[2 * index + 1] - sin(angle)) < 1e-15)
        }
    }

    @Test func conversionsEqualTheStandardOnes() {
        for value in [0.0, -0.0, 0.5, 1.5, 2.5, -0.5, -1.5, 3.0, -3.0, 12345.678, -12345.678, 1e15, -1e15, 1e-300] {
            #expect(ConstantTime.rounded(value) == Int64(value.rounded(.toNearestOrEven)), "\(value)")
            #expect(ConstantTime.floor(value) == Int64(value.rounded(.down)), "\(value)")
        }
        for value in [0.0, 0x1p-1000, 0x1p-64, 0x1p-63, 0x1.8p-62, 1e-10, 0.3, 0.5, 0.6931, 0x1.fffffffffffffp-1] {
            #expect(ConstantTime.fraction(value) == UInt64(value * 0x1p63) << 1, "\(value)")
        }
    }

    @Test func bezoutCoefficientsSolveTheEquation() throws {
        let x = SecretBuffer<UInt64>(repeating: 0, count: 3)
        let y = SecretBuffer<UInt64>(repeating: 0, count: 3)
        (x[0], x[1]) = (0x1234_5678_9ABC_DEF1, 0x0FED_CBA9_8765_4321)
        (y[0], y[1]) = (0x1357_9BDF_0246_8ACF, 0x0000_0000_0000_0777)
        let (u, v) = try #require(BezoutSolver(x, y).solve())
        let sum = SecretBuffer<UInt64>(repeating: 0, count: 6)
        for index in 0..<3 {
            WordArithmetic.addProduct(sum.pointer + index, 6 - index, x.pointer, 3, u[index])
            WordArithmetic.subtractProduct(sum.pointer + index, 6 - index, y.pointer, 3, v[index])
        }
        #expect(sum[0] == 1 && (1..<6).allSatisfy { sum[$0] == 0 })
        (x[0], x[1], y[0], y[1]) = (15, 0, 21, 0)
        #expect(BezoutSolver(x, y).solve() == nil)
    }
}
