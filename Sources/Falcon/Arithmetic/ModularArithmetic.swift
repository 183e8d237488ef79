/// Single operations modulo 12289, for tables and key handling.
enum ModularArithmetic {
    /// `base` to the power of `exponent`, by squaring; the sequence of steps depends on the exponent alone.
    static func power(_ base: Int, _ exponent: Int) -> Int {
        var result = 1
        var square = base
        var rest = exponent
        while rest > 0 {
            if rest & 1 == 1 { result = result &* square % FalconParameters.modulus }
            square = square &* square % FalconParameters.modulus
            rest >>= 1
        }
        return result
    }

    /// The inverse of `value` by Fermat's little theorem; zero for zero.
    static func inverse(_ value: Int) -> Int { power(value, FalconParameters.modulus - 2) }

    /// `value` mod q for a word below 4q, without branches.
    @inline(__always)
    static func canonical(_ value: UInt16) -> UInt16 {
        let half = min(value, value &- 2 &* ModularTransform.q)
        return min(half, half &- ModularTransform.q)
    }

    /// The representative in −6144…6144 of a canonical residue, without branches.
    @inline(__always)
    static func centered(_ value: UInt16) -> Int16 {
        let signed = Int16(truncatingIfNeeded: value)
        let above = (6144 &- signed) &>> 15
        return signed &- (12289 & above)
    }

    /// The canonical residue of a number above −12289 and below 12289, without branches.
    @inline(__always)
    static func residue(_ value: Int16) -> UInt16 {
        UInt16(truncatingIfNeeded: value &+ (12289 & (value &>> 15)))
    }
}
