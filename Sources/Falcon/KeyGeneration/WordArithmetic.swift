/// Rows of 64-bit words, least significant first: the inner loops of key generation.
enum WordArithmetic {
    /// r += a·w, the carry running on to the end of r. `a` has at most as many words as `r`.
    @inline(__always)
    static func addProduct(
        _ r: UnsafeMutablePointer<UInt64>, _ count: Int, _ a: UnsafePointer<UInt64>, _ aCount: Int, _ w: UInt64
    ) {
        var carry: UInt64 = 0
        for index in 0..<aCount {
            let product = a[index].multipliedFullWidth(by: w)
            let (low, first) = product.low.addingReportingOverflow(carry)
            let (sum, second) = r[index].addingReportingOverflow(low)
            r[index] = sum
            carry = product.high &+ (first ? 1 : 0) &+ (second ? 1 : 0)
        }
        var index = aCount
        while carry != 0, index < count {
            let (sum, overflow) = r[index].addingReportingOverflow(carry)
            r[index] = sum
            carry = overflow ? 1 : 0
            index &+= 1
        }
    }

    /// r −= a·w, the borrow running on to the end of r. `a` has at most as many words as `r`.
    @inline(__always)
    static func subtractProduct(
        _ r: UnsafeMutablePointer<UInt64>, _ count: Int, _ a: UnsafePointer<UInt64>, _ aCount: Int, _ w: UInt64
    ) {
        var borrow: UInt64 = 0
        for index in 0..<aCount {
            let product = a[index].multipliedFullWidth(by: w)
            let (low, first) = product.low.addingReportingOverflow(borrow)
            let (difference, second) = r[index].subtractingReportingOverflow(low)
            r[index] = difference
            borrow = product.high &+ (first ? 1 : 0) &+ (second ? 1 : 0)
        }
        var index = aCount
        while borrow != 0, index < count {
            let (difference, overflow) = r[index].subtractingReportingOverflow(borrow)
            r[index] = difference
            borrow = overflow ? 1 : 0
            index &+= 1
        }
    }

    /// r −= a·2^`shift`, where both are two's complement and `a` is continued by its sign.
    static func subtractShifted(
        _ r: UnsafeMutablePointer<UInt64>, _ count: Int, _ a: UnsafePointer<UInt64>, _ aCount: Int, shift: Int
    ) {
        let (offset, bits) = (shift >> 6, UInt64(shift & 63))
        let sign = UInt64(bitPattern: Int64(bitPattern: a[aCount &- 1]) >> 63)
        var previous: UInt64 = 0
        var borrow: UInt64 = 0
        var index = offset
        while index < count {
            let word = index &- offset < aCount ? a[index &- offset] : sign
            let shifted = bits == 0 ? word : word &<< bits | previous &>> (64 &- bits)
            previous = word
            let (first, firstBorrow) = r[index].subtractingReportingOverflow(shifted)
            let (second, secondBorrow) = first.subtractingReportingOverflow(borrow)
            r[index] = second
            borrow = (firstBorrow ? 1 : 0) | (secondBorrow ? 1 : 0)
            index &+= 1
        }
    }

    /// Negates a two's complement number in place.
    static func negate(_ r: UnsafeMutablePointer<UInt64>, _ count: Int) {
        var carry: UInt64 = 1
        for index in 0..<count {
            let (sum, overflow) = (~r[index]).addingReportingOverflow(carry)
            r[index] = sum
            carry = overflow ? 1 : 0
        }
    }

    /// Bits of a two's complement number without its sign: the least b with −2ᵇ ≤ value < 2ᵇ.
    static func bitLength(_ r: UnsafePointer<UInt64>, _ count: Int) -> Int {
        let sign = UInt64(bitPattern: Int64(bitPattern: r[count &- 1]) >> 63)
        var index = count &- 1
        while index > 0, r[index] == sign { index &-= 1 }
        return index &* 64 &+ 64 &- (r[index] ^ sign).leadingZeroBitCount
    }

    /// Bits `offset`… of a two's complement number, as a signed word.
    @inline(__always)
    static func window(_ r: UnsafePointer<UInt64>, _ count: Int, offset: Int) -> Int64 {
        let (index, bits) = (offset >> 6, UInt64(offset & 63))
        let sign = UInt64(bitPattern: Int64(bitPattern: r[count &- 1]) >> 63)
        let low = index < count ? r[index] : sign
        guard bits != 0 else { return Int64(bitPattern: low) }
        let high = index &+ 1 < count ? r[index &+ 1] : sign
        return Int64(bitPattern: low &>> bits | high &<< (64 &- bits))
    }
}
