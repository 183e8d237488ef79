extension BigInteger {
    /// `self << count`.
    package func shiftedLeft(by count: Int) throws(BigIntegerError) -> BigInteger {
        if count < 0 { return shiftedRight(by: count == .min ? .max : -count) }
        let limbs = limbCount + count / 64 + 1
        guard isZero || limbs <= Self.limbsMax else { throw .tooLarge(limbs: limbs) }
        return isZero ? self : BigInteger(magnitude: Limbs.shiftedLeft(magnitude, by: count), isNegative: isNegative)
    }

    /// `self >> count`, rounding down; `count` is not negative.
    package func shiftedRight(by count: Int) -> BigInteger {
        guard count > 0 else { return self }
        let result = BigInteger(magnitude: Limbs.shiftedRight(magnitude, by: count), isNegative: isNegative)
        return isNegative && trailingZeroBitCount < count ? result - .one : result
    }

    /// Zero bits below the lowest one bit; 0 for zero.
    package var trailingZeroBitCount: Int {
        guard let index = magnitude.firstIndex(where: { $0 != 0 }) else { return 0 }
        return index * 64 + magnitude[index].trailingZeroBitCount
    }

    /// One bits of the magnitude.
    package var nonzeroBitCount: Int { magnitude.reduce(0) { $0 + $1.nonzeroBitCount } }

    package static prefix func ~ (value: BigInteger) -> BigInteger { -value - .one }

    package static func & (left: BigInteger, right: BigInteger) -> BigInteger { combine(left, right, &) }
    package static func | (left: BigInteger, right: BigInteger) -> BigInteger { combine(left, right, |) }
    package static func ^ (left: BigInteger, right: BigInteger) -> BigInteger { combine(left, right, ^) }

    /// Two's complement with one limb more than needed, so that the top bit is the sign.
    private func complement(_ count: Int) -> [UInt64] {
        var limbs = magnitude + [UInt64](repeating: 0, count: count - magnitude.count)
        if isNegative { Self.negate(&limbs) }
        return limbs
    }

    private static func negate(_ limbs: inout [UInt64]) {
        var carry = true
        for index in limbs.indices {
            limbs[index] = ~limbs[index]
            if carry { (limbs[index], carry) = limbs[index].addingReportingOverflow(1) }
        }
    }

    private static func combine(_ left: BigInteger, _ right: BigInteger, _ operation: (UInt64, UInt64) -> UInt64)
        -> BigInteger
    {
        let count = max(left.limbCount, right.limbCount) + 1
        var limbs = zip(left.complement(count), right.complement(count)).map(operation)
        let isNegative = (limbs.last ?? 0) >> 63 == 1
        if isNegative { negate(&limbs) }
        return BigInteger(magnitude: limbs, isNegative: isNegative)
    }
}
