extension BigInteger {
    package static prefix func - (value: BigInteger) -> BigInteger {
        BigInteger(magnitude: value.magnitude, isNegative: !value.isNegative)
    }

    package static func + (left: BigInteger, right: BigInteger) -> BigInteger {
        if left.isNegative == right.isNegative {
            return BigInteger(magnitude: Limbs.sum(left.magnitude, right.magnitude), isNegative: left.isNegative)
        }
        if Limbs.compare(left.magnitude, right.magnitude) >= 0 {
            let limbs = Limbs.difference(left.magnitude, right.magnitude)
            return BigInteger(magnitude: limbs, isNegative: left.isNegative)
        }
        let limbs = Limbs.difference(right.magnitude, left.magnitude)
        return BigInteger(magnitude: limbs, isNegative: right.isNegative)
    }

    package static func - (left: BigInteger, right: BigInteger) -> BigInteger { left + -right }

    package static func * (left: BigInteger, right: BigInteger) -> BigInteger {
        let limbs = Limbs.product(left.magnitude, right.magnitude)
        return BigInteger(magnitude: limbs, isNegative: left.isNegative != right.isNegative)
    }

    /// Truncated division: Julia's `div` and `rem`; the remainder has the sign of `self`.
    package func dividedTruncating(by divisor: BigInteger) throws(BigIntegerError)
        -> (quotient: BigInteger, remainder: BigInteger)
    {
        guard !divisor.isZero else { throw .divisionByZero }
        let (quotient, remainder) = Limbs.quotientAndRemainder(magnitude, divisor.magnitude)
        return (
            BigInteger(magnitude: quotient, isNegative: isNegative != divisor.isNegative),
            BigInteger(magnitude: remainder, isNegative: isNegative)
        )
    }

    /// Floored division: Julia's `fld` and `mod`; the remainder has the sign of `divisor`.
    package func dividedFlooring(by divisor: BigInteger) throws(BigIntegerError)
        -> (quotient: BigInteger, remainder: BigInteger)
    {
        let (quotient, remainder) = try dividedTruncating(by: divisor)
        guard !remainder.isZero, remainder.isNegative != divisor.isNegative else { return (quotient, remainder) }
        return (quotient - .one, remainder + divisor)
    }

    /// `self ^ exponent` by repeated squaring.
    package func power(_ exponent: UInt64) throws(BigIntegerError) -> BigInteger {
        if exponent == 0 { return .one }
        if magnitude == [1] { return exponent & 1 == 1 ? self : absolute }
        if isZero { return self }
        let bits = UInt64(bitWidth - 1).multipliedReportingOverflow(by: exponent)
        guard !bits.overflow, bits.partialValue / 64 < UInt64(Self.limbsMax) else {
            throw .tooLarge(limbs: Int(clamping: bits.partialValue / 64))
        }
        var result = BigInteger.one
        for bit in (0..<(64 - exponent.leadingZeroBitCount)).reversed() {
            result = result * result
            if exponent >> UInt64(bit) & 1 == 1 { result = result * self }
        }
        return result
    }

    /// `self ^ exponent` modulo `modulus`, as Julia's `powermod`: the result has the sign of `modulus`.
    package func power(_ exponent: BigInteger, modulo modulus: BigInteger) throws(BigIntegerError) -> BigInteger {
        var base = try dividedFlooring(by: modulus).remainder
        if exponent.isNegative { base = try base.inverse(modulo: modulus) }
        var result = try BigInteger.one.dividedFlooring(by: modulus).remainder
        for bit in (0..<exponent.bitWidth).reversed() {
            result = try (result * result).dividedFlooring(by: modulus).remainder
            let limb = exponent.magnitude[bit / 64]
            if limb >> UInt64(bit % 64) & 1 == 1 {
                result = try (result * base).dividedFlooring(by: modulus).remainder
            }
        }
        return result
    }

    /// The inverse for a modulus, by the extended Euclidean algorithm.
    package func inverse(modulo modulus: BigInteger) throws(BigIntegerError) -> BigInteger {
        var (previous, current) = (try dividedFlooring(by: modulus).remainder, modulus)
        var (previousFactor, factor) = (BigInteger.one, BigInteger.zero)
        while !current.isZero {
            let (quotient, remainder) = try previous.dividedTruncating(by: current)
            (previous, current) = (current, remainder)
            (previousFactor, factor) = (factor, previousFactor - quotient * factor)
        }
        guard previous.magnitude == [1] else { throw .notInvertible }
        if previous.isNegative { previousFactor = -previousFactor }
        return try previousFactor.dividedFlooring(by: modulus).remainder
    }

    /// The greatest common divisor, never negative.
    package static func greatestCommonDivisor(_ left: BigInteger, _ right: BigInteger) -> BigInteger {
        var (first, second) = (left.magnitude, right.magnitude)
        while !second.isEmpty {
            let remainder = Limbs.trimmed(Limbs.quotientAndRemainder(first, second).1[...])
            (first, second) = (second, remainder)
        }
        return BigInteger(magnitude: first, isNegative: false)
    }

    /// The square root rounded down, by Newton's method.
    package func squareRoot() throws(BigIntegerError) -> BigInteger {
        guard !isNegative else { throw .negativeOperand }
        guard !isZero else { return self }
        var guess = try BigInteger.one.shiftedLeft(by: (bitWidth + 1) / 2)
        while true {
            let next = (guess + (try dividedTruncating(by: guess).quotient)).shiftedRight(by: 1)
            if next >= guess { return guess }
            guess = next
        }
    }
}
