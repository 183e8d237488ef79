/// SamplerZ (Falcon 1.2 §3.9.3): integers from a discrete Gaussian with a given centre and deviation.
///
/// Two branches depend on secrets, both inherent in the algorithm: whether a candidate is rejected, and how many
/// bytes the lazy comparison in `accepts` reads.
struct IntegerSampler {
    let stream: ChaChaStream
    /// σ_min of the parameter set.
    let deviationMin: Double
    private let table = BaseDistribution.table.pointer

    /// ln 2, 1/ln 2 and 1/(2σ0²), σ0 = 1.8205.
    private static let logarithm = 0.69314718055994530941723212145818
    private static let inverseLogarithm = 1.4426950408889634073599246810019
    private static let inverseBaseVariance = 0.150865048875372721532312163019

    init(_ stream: ChaChaStream, deviationMin: Double) {
        self.stream = stream
        self.deviationMin = deviationMin
    }

    /// An integer with centre `center` and standard deviation 1/`inverseDeviation`, as a Double.
    @inline(__always)
    func sample(_ center: Double, _ inverseDeviation: Double) -> Double {
        let base = ConstantTime.floor(center)
        let fraction = center - Double(base)
        let halfPrecision = (inverseDeviation * inverseDeviation) * 0.5
        let scale = inverseDeviation * deviationMin
        while true {
            let magnitude = sampleBase()
            let sign = Int64(stream.nextByte() & 1)
            let candidate = sign &+ ((sign &<< 1) &- 1) &* magnitude
            let distance = Double(candidate) - fraction
            let exponent =
                distance * distance * halfPrecision - Double(magnitude &* magnitude) * Self.inverseBaseVariance
            if accepts(exponent, scale) { return Double(base &+ candidate) }
        }
    }

    /// A half-Gaussian integer of deviation σ0 from 72 random bits, by comparison with the whole table.
    @inline(__always)
    private func sampleBase() -> Int64 {
        let low = stream.nextWord()
        let high = UInt32(stream.nextByte())
        let v0 = Int32(truncatingIfNeeded: low & 0xFF_FFFF)
        let v1 = Int32(truncatingIfNeeded: (low &>> 24) & 0xFF_FFFF)
        let v2 = Int32(truncatingIfNeeded: UInt32(truncatingIfNeeded: low &>> 48) | high &<< 16)
        var sum: Int32 = 0
        for index in 0..<BaseDistribution.count {
            var borrow = (v0 &- table[index]) &>> 31
            borrow = (v1 &- table[index &+ BaseDistribution.count] &+ borrow) &>> 31
            borrow = (v2 &- table[index &+ 2 &* BaseDistribution.count] &+ borrow) &>> 31
            sum &-= borrow
        }
        return Int64(sum)
    }

    /// True with probability `scale`·e^(−`exponent`) (BerExp). The comparison reads one random byte at a time and stops
    /// at the first that decides.
    @inline(__always)
    private func accepts(_ exponent: Double, _ scale: Double) -> Bool {
        let quotient = ConstantTime.floor(exponent * Self.inverseLogarithm)
        let rest = exponent - Double(quotient) * Self.logarithm
        // min(quotient, 63) without a branch.
        let above = (63 &- quotient) &>> 63
        let shift = UInt64(bitPattern: quotient ^ ((quotient ^ 63) & above))
        let threshold = ((exponential(rest, scale) &<< 1) &- 1) &>> shift
        var position: UInt64 = 64
        while true {
            position &-= 8
            let difference = Int32(stream.nextByte()) &- Int32(truncatingIfNeeded: (threshold &>> position) & 0xFF)
            if difference != 0 || position == 0 { return difference < 0 }
        }
    }

    /// 2⁶³·`scale`·e^(−`x`) for 0 ≤ x < ln 2: the polynomial of FACCT in fixed point (Falcon 1.2, algorithm 13).
    @inline(__always)
    private func exponential(_ x: Double, _ scale: Double) -> UInt64 {
        let z = ConstantTime.fraction(x)
        var y: UInt64 = 0x0000_0004_7411_83A3
        y = 0x0000_0036_548C_FC06 &- z.multipliedFullWidth(by: y).high
        y = 0x0000_024F_DCBF_140A &- z.multipliedFullWidth(by: y).high
        y = 0x0000_171D_939D_E045 &- z.multipliedFullWidth(by: y).high
        y = 0x0000_D00C_F58F_6F84 &- z.multipliedFullWidth(by: y).high
        y = 0x0006_8068_1CF7_96E3 &- z.multipliedFullWidth(by: y).high
        y = 0x002D_82D8_305B_0FEA &- z.multipliedFullWidth(by: y).high
        y = 0x0111_1111_0E06_6FD0 &- z.multipliedFullWidth(by: y).high
        y = 0x0555_5555_5507_0F00 &- z.multipliedFullWidth(by: y).high
        y = 0x1555_5555_5581_FF00 &- z.multipliedFullWidth(by: y).high
        y = 0x4000_0000_0002_B400 &- z.multipliedFullWidth(by: y).high
        y = 0x7FFF_FFFF_FFFF_4800 &- z.multipliedFullWidth(by: y).high
        y = 0x8000_0000_0000_0000 &- z.multipliedFullWidth(by: y).high
        return ConstantTime.fraction(scale).multipliedFullWidth(by: y).high
    }
}
