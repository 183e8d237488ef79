import Foundation
import Testing

@testable import Falcon

/// The samplers follow the distributions that the specification gives, for a fixed seed.
struct SamplerTests {
    /// χ² of `counts` (from value `first` on) against a Gaussian; values with a low expectation are left out.
    private func chiSquare(
        _ counts: [Int], first: Int, center: Double, deviation: Double
    ) -> (statistic: Double, cells: Int) {
        let total = Double(counts.reduce(0, +))
        let weights = (-200...200).map { exp(-pow(Double($0) - center, 2) / (2 * deviation * deviation)) }
        let sum = weights.reduce(0, +)
        var (statistic, cells) = (0.0, 0)
        for (offset, count) in counts.enumerated() {
            let expected = total * weights[first + offset + 200] / sum
            guard expected >= 20 else { continue }
            statistic += pow(Double(count) - expected, 2) / expected
            cells += 1
        }
        return (statistic, cells)
    }

    /// Twice the number of cells plus 12 is beyond the 99.9 % quantile for all sizes used here.
    private func limit(_ cells: Int) -> Double { 2 * Double(cells) + 12 }

    @Test(arguments: [(0.0, 1.3), (0.5, 1.5), (-0.25, 1.8), (17.9, 1.7)])
    func integersAreGaussian(center: Double, deviation: Double) {
        let seed = SecretBuffer<SHAKE256>(repeating: SHAKE256(), count: 1)
        seed.pointer.pointee.absorb([0x5E, 0xED])
        let storage = ChaChaStream.Storage()
        let sampler = IntegerSampler(
            ChaChaStream(storage, seededFrom: seed.pointer),
            deviationMin: Falcon1024.parameters.deviationMin)
        let first = Int(center.rounded(.down)) - 20
        var counts = [Int](repeating: 0, count: 42)
        for _ in 0..<20_000 { counts[Int(sampler.sample(center, 1 / deviation)) - first] += 1 }
        extendLifetime(storage)
        let (statistic, cells) = chiSquare(counts, first: first, center: center, deviation: deviation)
        #expect(cells >= 8 && statistic < limit(cells), "seed 5EED, χ² \(statistic) for \(cells) cells")
    }

    @Test func shortPolynomialsAreGaussianWithOddSum() {
        let source = SecretBuffer<SHAKE256>(repeating: SHAKE256(), count: 1)
        source.pointer.pointee.absorb([0x5E, 0xED])
        let basis = SecretBasis(Falcon1024.parameters)
        let sampler = PolynomialSampler(parameters: Falcon1024.parameters, source: source.pointer)
        var counts = [Int](repeating: 0, count: 81)
        for _ in 0..<10 {
            sampler.sample(into: basis.f)
            let sum = (0..<1024).reduce(0) { $0 + Int(basis.f[$1]) }
            #expect(sum & 1 != 0)
            for index in 0..<1024 { counts[Int(basis.f[index]) + 40] += 1 }
        }
        let deviation = 1.17 * (12289.0 / 2048).squareRoot()
        let (statistic, cells) = chiSquare(counts, first: -40, center: 0, deviation: deviation)
        #expect(cells >= 12 && statistic < limit(cells), "seed 5EED, χ² \(statistic) for \(cells) cells")
    }

    @Test func signaturesHaveTheExpectedLength() throws {
        let key = try EncodingTests.smallKey.get()
        let n = Double(Falcon512.parameters.degree)
        var sum = 0.0
        for index in 0..<20 {
            let salt = [UInt8](repeating: UInt8(index), count: 40)
            let attempt = salt.withUnsafeBytes { salt in
                SigningAttempt(key.key, salt: salt, message: salt, seed: salt)
            }
            sum += Double(attempt.sample())
        }
        // E‖(s1, s2)‖² = 2nσ² with σ = 165.7; twenty of them vary by 1 %.
        let expected = 2 * n * pow(165.7366171829776, 2)
        #expect(abs(sum / 20 / expected - 1) < 0.05)
    }
}
