extension BigInteger {
    /// The value as a machine integer, or nil if it does not fit.
    package func exactly<Value: FixedWidthInteger>(_ type: Value.Type) -> Value? {
        guard limbCount * 64 <= max(Value.bitWidth, 64) else { return nil }
        var wide: UInt128 = 0
        for limb in magnitude.reversed() { wide = wide << 64 | UInt128(limb) }
        if !isNegative { return Value(exactly: wide) }
        guard wide <= UInt128(1) << 127 else { return nil }
        return Value(exactly: Int128(truncatingIfNeeded: 0 &- wide))
    }

    /// The low bits in two's complement, as Julia's `x % T`.
    package func truncated<Value: FixedWidthInteger>(to type: Value.Type) -> Value {
        var wide: UInt128 = 0
        for limb in magnitude.prefix(2).reversed() { wide = wide << 64 | UInt128(limb) }
        return Value(truncatingIfNeeded: isNegative ? 0 &- wide : wide)
    }

    /// The whole number that a finite float is; nil for fractions, infinities and NaN.
    package init?(exactly value: Double) {
        guard value.isFinite, value == value.rounded(.towardZero) else { return nil }
        guard value != 0 else {
            self = .zero
            return
        }
        let exponent = Int(value.exponent) - 52
        let significand = value.significandBitPattern | 1 << 52
        let limbs: [UInt64]
        if exponent < 0 {
            limbs = [significand >> UInt64(-exponent)]
        } else {
            limbs = Limbs.shiftedLeft([significand], by: exponent)
        }
        self.init(magnitude: limbs, isNegative: value < 0)
    }

    /// The nearest float, ties to even; infinite beyond its range.
    package var double: Double {
        let width = bitWidth
        guard width > 64 else {
            let value = Double(magnitude.first ?? 0)
            return isNegative ? -value : value
        }
        guard width <= 1024 else { return isNegative ? -.infinity : .infinity }
        let shift = width - 64
        var top = Limbs.shiftedRight(magnitude, by: shift).first ?? 0
        // A sticky bit stands for everything that was cut off.
        if trailingZeroBitCount < shift { top |= 1 }
        let value = Double(sign: .plus, exponent: shift, significand: Double(top))
        return isNegative ? -value : value
    }
}
