extension ModularTransform {
    /// Shoup product: `a·w mod q` in 0..<2q for any 16-bit `a`, where `quotient` is ⌊w·2¹⁶/q⌋.
    @inline(__always)
    static func product(_ a: UInt16, _ w: UInt16, _ quotient: UInt16) -> UInt16 {
        let estimate = UInt16(truncatingIfNeeded: (UInt32(a) &* UInt32(quotient)) &>> 16)
        return (a &* w) &- (estimate &* q)
    }

    /// Takes `bound` off a word that is at least `bound`.
    @inline(__always)
    static func reduced(_ a: UInt16, _ bound: UInt16) -> UInt16 { min(a, a &- bound) }

    /// One layer's butterflies between two rows that share one twiddle factor.
    @inline(__always)
    static func forwardButterflies(
        _ low: UnsafeMutablePointer<UInt16>, _ high: UnsafeMutablePointer<UInt16>, _ count: Int,
        _ twiddle: TwiddleTable.Factor
    ) {
        for index in 0..<count {
            let x = reduced(low[index], 2 &* q)
            let y = product(high[index], twiddle.value, twiddle.quotient)
            low[index] = x &+ y
            high[index] = x &- y &+ 2 &* q
        }
    }

    /// One layer's butterflies between two rows, a twiddle factor for each column.
    @inline(__always)
    static func forwardButterflies(
        _ low: UnsafeMutablePointer<UInt16>, _ high: UnsafeMutablePointer<UInt16>, _ count: Int,
        _ values: UnsafePointer<UInt16>, _ quotients: UnsafePointer<UInt16>
    ) {
        for index in 0..<count {
            let x = reduced(low[index], 2 &* q)
            let y = product(high[index], values[index], quotients[index])
            low[index] = x &+ y
            high[index] = x &- y &+ 2 &* q
        }
    }

    /// The inverse of `forwardButterflies`, up to a factor of two.
    @inline(__always)
    static func inverseButterflies(
        _ low: UnsafeMutablePointer<UInt16>, _ high: UnsafeMutablePointer<UInt16>, _ count: Int,
        _ twiddle: TwiddleTable.Factor
    ) {
        for index in 0..<count {
            let x = low[index]
            let y = high[index]
            low[index] = reduced(x &+ y, 2 &* q)
            high[index] = product(x &- y &+ 2 &* q, twiddle.value, twiddle.quotient)
        }
    }

    /// The inverse of `forwardButterflies` with a factor for each column, up to a factor of two.
    @inline(__always)
    static func inverseButterflies(
        _ low: UnsafeMutablePointer<UInt16>, _ high: UnsafeMutablePointer<UInt16>, _ count: Int,
        _ values: UnsafePointer<UInt16>, _ quotients: UnsafePointer<UInt16>
    ) {
        for index in 0..<count {
            let x = low[index]
            let y = high[index]
            low[index] = reduced(x &+ y, 2 &* q)
            high[index] = product(x &- y &+ 2 &* q, values[index], quotients[index])
        }
    }
}
