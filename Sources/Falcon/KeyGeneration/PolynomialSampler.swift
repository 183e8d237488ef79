/// The Gaussian sampler for f and g (Falcon 1.2 §3.8.2), with the reference implementation's use of randomness, so
/// that its known-answer keys come out. Time depends on the secrets' parity retries only.
struct PolynomialSampler {
    let parameters: FalconParameters
    let source: UnsafeMutablePointer<SHAKE256>

    /// Scaled by 2⁶³, for σ = 1.17·√(q/2048): first P(x = 0), then P(x > k | x > 0) for k = 1…26.
    private static let table: InlineArray<27, UInt64> = [
        1_283_868_770_400_643_928, 6_416_574_995_475_331_444, 4_078_260_278_032_692_663, 2_353_523_259_288_686_585,
        1_227_179_971_273_316_331, 575_931_623_374_121_527, 242_543_240_509_105_209, 91_437_049_221_049_666,
        30_799_446_349_977_173, 9_255_276_791_179_340, 2_478_152_334_826_140, 590_642_893_610_164,
        125_206_034_929_641, 23_590_435_911_403, 3_948_334_035_941, 586_753_615_614, 77_391_054_539, 9_056_793_210,
        940_121_950, 86_539_696, 7_062_824, 510_971, 32_764, 1_862, 94, 4, 0,
    ]

    /// Fills `output` with a polynomial whose coefficients have an odd sum, without which no solution exists.
    func sample(into output: UnsafeMutablePointer<Int8>) {
        var parity = 0
        var index = 0
        while index < parameters.degree {
            let value = sampleCoefficient()
            guard value >= -127, value <= 127 else { continue }
            if index == parameters.degree - 1, (parity ^ value) & 1 == 0 { continue }
            parity ^= value & 1
            output[index] = Int8(truncatingIfNeeded: value)
            index += 1
        }
    }

    /// A coefficient: the sum of 1024/n table draws.
    private func sampleCoefficient() -> Int {
        (0..<(1024 >> parameters.logDegree)).reduce(0) { sum, _ in sum + draw() }
    }

    /// One draw for degree 1024, from two words: sign and "is it zero", then the magnitude.
    private func draw() -> Int {
        let first = source.pointee.squeezeWord()
        let second = source.pointee.squeezeWord() & (UInt64.max >> 1)
        let negative = Int(truncatingIfNeeded: first >> 63)
        var found = ((first & (UInt64.max >> 1)) &- Self.table[0]) >> 63
        var value = 0
        for index in 1..<27 {
            let reached = ((second &- Self.table[index]) >> 63) ^ 1
            value |= index & -Int(truncatingIfNeeded: reached & (found ^ 1))
            found |= reached
        }
        return (value ^ -negative) + negative
    }
}
