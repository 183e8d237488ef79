/// Conversions from Double without the branches (range checks) of the standard library's initialisers.
enum ConstantTime {
    /// 1.5·2⁵²: adding it puts the rounded value into the low bits of the mantissa.
    private static let shift = 0x1.8p52

    /// The nearest integer, ties to even, for |x| < 2⁵¹.
    @inline(__always)
    static func rounded(_ x: Double) -> Int64 {
        Int64(bitPattern: (x + shift).bitPattern &- shift.bitPattern)
    }

    /// The greatest integer not above x, for |x| < 2⁵¹.
    @inline(__always)
    static func floor(_ x: Double) -> Int64 {
        let nearest = (x + shift) - shift
        // The sign bit of a strictly negative number is set; 0 − (+0) keeps it clear when x is whole.
        let tooHigh = Int64(bitPattern: (0.0 - (nearest - x)).bitPattern) &>> 63
        return rounded(x) &+ tooHigh
    }

    /// 2·⌊x·2⁶³⌋ for 0 ≤ x < 1.
    @inline(__always)
    static func fraction(_ x: Double) -> UInt64 {
        let bits = (x * 0x1p63).bitPattern
        let mantissa = (bits | 0x0010_0000_0000_0000) &<< 11
        let distance = 1086 &- Int64(bitPattern: bits &>> 52)
        let inRange = UInt64(bitPattern: (distance &- 64) &>> 63)
        return ((mantissa & inRange) &>> UInt64(bitPattern: distance)) &<< 1
    }
}
