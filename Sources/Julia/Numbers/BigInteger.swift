/// An integer of any size, as Julia's `BigInt`: sign and magnitude in 64-bit limbs, least significant first.
///
/// Nothing here traps. Work grows with `limbCount`: linear for sums, shifts and bits, quadratic at most for products,
/// division and text; a caller that meters must charge before it calls.
package struct BigInteger: Sendable, Hashable {
    /// Limbs without leading zeros; empty for zero.
    package private(set) var magnitude: [UInt64]
    package private(set) var isNegative: Bool

    /// The most limbs a result may have where an operation can grow beyond its operands: 64 Mbit.
    package static let limbsMax = 1 << 20

    package static let zero = BigInteger(magnitude: [], isNegative: false)
    package static let one = BigInteger(magnitude: [1], isNegative: false)

    /// From limbs, least significant first; leading zeros are dropped and zero has no sign.
    package init(magnitude: [UInt64], isNegative: Bool) {
        var limbs = magnitude
        while limbs.last == 0 { limbs.removeLast() }
        self.magnitude = limbs
        self.isNegative = isNegative && !limbs.isEmpty
    }

    package init(_ value: some BinaryInteger) {
        var limbs: [UInt64] = []
        var rest = value.magnitude
        while rest != 0 {
            limbs.append(UInt64(truncatingIfNeeded: rest))
            rest >>= 64
        }
        self.init(magnitude: limbs, isNegative: value < 0)
    }

    package var limbCount: Int { magnitude.count }
    package var isZero: Bool { magnitude.isEmpty }
    /// -1, 0 or 1.
    package var signum: Int { isZero ? 0 : isNegative ? -1 : 1 }
    package var isOdd: Bool { (magnitude.first ?? 0) & 1 == 1 }
    /// Bits of the magnitude without leading zeros.
    package var bitWidth: Int { Limbs.bitWidth(magnitude) }
    package var absolute: BigInteger { BigInteger(magnitude: magnitude, isNegative: false) }
}

extension BigInteger: Comparable {
    package static func < (left: BigInteger, right: BigInteger) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        let order = Limbs.compare(left.magnitude, right.magnitude)
        return left.isNegative ? order > 0 : order < 0
    }
}

/// Why a big integer operation has no result.
package enum BigIntegerError: Error, Hashable, Sendable {
    /// The divisor is zero.
    case divisionByZero
    /// The result would have more than `BigInteger.limbsMax` limbs.
    case tooLarge(limbs: Int)
    /// The operation is not defined for a negative operand.
    case negativeOperand
    /// The value has no inverse for this modulus.
    case notInvertible
}

extension BigInteger: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int) { self.init(value) }
}
