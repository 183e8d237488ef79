/// Arithmetic on magnitudes: 64-bit limbs, least significant first. Results may have leading zeros.
enum Limbs {
    /// Above this many limbs Karatsuba's product is faster than the schoolbook's.
    private static let karatsubaLimbs = 40

    static func bitWidth(_ limbs: [UInt64]) -> Int {
        guard let top = limbs.last else { return 0 }
        return limbs.count * 64 - top.leadingZeroBitCount
    }

    /// Negative, zero or positive as `left` is below, equal to or above `right`; neither has leading zeros.
    static func compare(_ left: [UInt64], _ right: [UInt64]) -> Int {
        guard left.count == right.count else { return left.count - right.count }
        for index in left.indices.reversed() where left[index] != right[index] {
            return left[index] < right[index] ? -1 : 1
        }
        return 0
    }

    static func sum(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
        let (long, short) = left.count >= right.count ? (left, right) : (right, left)
        var result = long
        var carry: UInt64 = 0
        for index in long.indices {
            if index >= short.count, carry == 0 { return result }
            let (partial, first) = result[index].addingReportingOverflow(index < short.count ? short[index] : 0)
            let (total, second) = partial.addingReportingOverflow(carry)
            result[index] = total
            carry = first || second ? 1 : 0
        }
        if carry > 0 { result.append(carry) }
        return result
    }

    /// `left - right` for `left >= right`.
    static func difference(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
        var result = left
        var borrow: UInt64 = 0
        for index in left.indices {
            if index >= right.count, borrow == 0 { return result }
            let (partial, first) = result[index].subtractingReportingOverflow(index < right.count ? right[index] : 0)
            let (total, second) = partial.subtractingReportingOverflow(borrow)
            result[index] = total
            borrow = first || second ? 1 : 0
        }
        return result
    }

    static func product(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
        if left.isEmpty || right.isEmpty { return [] }
        if min(left.count, right.count) < karatsubaLimbs { return schoolbook(left, right) }
        return karatsuba(left, right)
    }

    private static func schoolbook(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
        var result = [UInt64](repeating: 0, count: left.count + right.count)
        for (offset, factor) in left.enumerated() where factor != 0 {
            var carry: UInt64 = 0
            for index in right.indices {
                let (high, low) = factor.multipliedFullWidth(by: right[index])
                let (partial, first) = result[offset + index].addingReportingOverflow(low)
                let (total, second) = partial.addingReportingOverflow(carry)
                result[offset + index] = total
                carry = high &+ (first ? 1 : 0) &+ (second ? 1 : 0)
            }
            result[offset + right.count] = carry
        }
        return result
    }

    /// Three products of half the size (Karatsuba and Ofman, 1962).
    private static func karatsuba(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
        let half = (max(left.count, right.count) + 1) / 2
        let (leftLow, leftHigh) = (trimmed(left.prefix(half)), Array(left.dropFirst(half)))
        let (rightLow, rightHigh) = (trimmed(right.prefix(half)), Array(right.dropFirst(half)))
        let low = trimmed(product(leftLow, rightLow)[...])
        let high = trimmed(product(leftHigh, rightHigh)[...])
        let cross = product(trimmed(sum(leftLow, leftHigh)[...]), trimmed(sum(rightLow, rightHigh)[...]))
        let middle = trimmed(difference(difference(cross, low), high)[...])
        var result = [UInt64](repeating: 0, count: left.count + right.count)
        add(low, to: &result, at: 0)
        add(middle, to: &result, at: half)
        add(high, to: &result, at: 2 * half)
        return result
    }

    static func trimmed(_ limbs: ArraySlice<UInt64>) -> [UInt64] {
        var end = limbs.endIndex
        while end > limbs.startIndex, limbs[end - 1] == 0 { end -= 1 }
        return Array(limbs[limbs.startIndex..<end])
    }

    private static func add(_ limbs: [UInt64], to result: inout [UInt64], at offset: Int) {
        var carry: UInt64 = 0
        var index = 0
        while offset + index < result.count, index < limbs.count || carry > 0 {
            let (partial, first) = result[offset + index].addingReportingOverflow(
                index < limbs.count ? limbs[index] : 0)
            let (total, second) = partial.addingReportingOverflow(carry)
            result[offset + index] = total
            carry = first || second ? 1 : 0
            index += 1
        }
    }

    static func shiftedLeft(_ limbs: [UInt64], by count: Int) -> [UInt64] {
        guard !limbs.isEmpty, count > 0 else { return limbs }
        let (whole, bits) = count.quotientAndRemainder(dividingBy: 64)
        var result = [UInt64](repeating: 0, count: whole)
        guard bits > 0 else { return result + limbs }
        var carry: UInt64 = 0
        for limb in limbs {
            result.append(limb << UInt64(bits) | carry)
            carry = limb >> UInt64(64 - bits)
        }
        if carry > 0 { result.append(carry) }
        return result
    }

    static func shiftedRight(_ limbs: [UInt64], by count: Int) -> [UInt64] {
        let (whole, bits) = count.quotientAndRemainder(dividingBy: 64)
        guard whole < limbs.count else { return [] }
        var result = Array(limbs[whole...])
        guard bits > 0 else { return result }
        for index in result.indices {
            let above = index + 1 < result.count ? result[index + 1] << UInt64(64 - bits) : 0
            result[index] = result[index] >> UInt64(bits) | above
        }
        return trimmed(result[...])
    }

    /// Divides in place by one non-zero limb and returns the remainder.
    static func divide(_ limbs: inout [UInt64], by divisor: UInt64) -> UInt64 {
        var remainder: UInt64 = 0
        for index in limbs.indices.reversed() {
            // The high word is below the divisor, so that the quotient fits.
            (limbs[index], remainder) = divisor.dividingFullWidth((remainder, limbs[index]))
        }
        return remainder
    }

    /// Quotient and remainder for a divisor without leading zeros (Knuth, TAOCP volume 2, algorithm D).
    static func quotientAndRemainder(_ dividend: [UInt64], _ divisor: [UInt64]) -> ([UInt64], [UInt64]) {
        guard compare(dividend, divisor) >= 0, let top = divisor.last else { return ([], dividend) }
        if divisor.count == 1 {
            var quotient = dividend
            let remainder = divide(&quotient, by: top)
            return (quotient, [remainder])
        }
        let shift = top.leadingZeroBitCount
        let scaled = shiftedLeft(divisor, by: shift)
        var rest = shiftedLeft(dividend, by: shift)
        if rest.count == dividend.count { rest.append(0) }
        var quotient = [UInt64](repeating: 0, count: rest.count - scaled.count)
        for index in quotient.indices.reversed() {
            quotient[index] = divisionStep(&rest, scaled, at: index)
        }
        return (quotient, shiftedRight(trimmed(rest[..<scaled.count]), by: shift))
    }

    /// One digit of the quotient; subtracts its multiple from `rest`.
    private static func divisionStep(_ rest: inout [UInt64], _ divisor: [UInt64], at offset: Int) -> UInt64 {
        let count = divisor.count
        let (high, next) = (divisor[count - 1], divisor[count - 2])
        let (top, second, third) = (rest[offset + count], rest[offset + count - 1], rest[offset + count - 2])
        var digit = UInt64.max
        if top < high {
            var remainder: UInt64
            (digit, remainder) = high.dividingFullWidth((top, second))
            while true {
                let (productHigh, productLow) = digit.multipliedFullWidth(by: next)
                guard productHigh > remainder || (productHigh == remainder && productLow > third) else { break }
                digit &-= 1
                let (sum, overflow) = remainder.addingReportingOverflow(high)
                if overflow { break }
                remainder = sum
            }
        }
        if subtract(divisor, times: digit, from: &rest, at: offset) {
            digit &-= 1
            if addBack(divisor, to: &rest, at: offset) {
                digit &-= 1
                _ = addBack(divisor, to: &rest, at: offset)
            }
        }
        return digit
    }

    /// Whether the difference went below zero.
    private static func subtract(_ limbs: [UInt64], times factor: UInt64, from rest: inout [UInt64], at offset: Int)
        -> Bool
    {
        var carry: UInt64 = 0
        var borrow: UInt64 = 0
        for index in limbs.indices {
            let (high, low) = factor.multipliedFullWidth(by: limbs[index])
            let (product, overflow) = low.addingReportingOverflow(carry)
            carry = high &+ (overflow ? 1 : 0)
            let (partial, first) = rest[offset + index].subtractingReportingOverflow(product)
            let (total, second) = partial.subtractingReportingOverflow(borrow)
            rest[offset + index] = total
            borrow = first || second ? 1 : 0
        }
        let (partial, first) = rest[offset + limbs.count].subtractingReportingOverflow(carry)
        let (total, second) = partial.subtractingReportingOverflow(borrow)
        rest[offset + limbs.count] = total
        return first || second
    }

    /// Whether the sum is still below zero.
    private static func addBack(_ limbs: [UInt64], to rest: inout [UInt64], at offset: Int) -> Bool {
        var carry: UInt64 = 0
        for index in limbs.indices {
            let (partial, first) = rest[offset + index].addingReportingOverflow(limbs[index])
            let (total, second) = partial.addingReportingOverflow(carry)
            rest[offset + index] = total
            carry = first || second ? 1 : 0
        }
        let (total, overflow) = rest[offset + limbs.count].addingReportingOverflow(carry)
        rest[offset + limbs.count] = total
        return !overflow
    }
}
