/// Coefficients of a fixed number of bits, most significant bit first (Falcon 1.2 §3.11.3–4).
enum FixedWidthCodec {
    /// Appends `count` coefficients' low `bits` bits; `count * bits` is a multiple of eight.
    static func append(
        _ count: Int, bits: Int, to output: inout [UInt8], coefficient: (Int) -> UInt32
    ) {
        var accumulator: UInt64 = 0
        var pending = 0
        let mask = (UInt64(1) << UInt64(bits)) - 1
        for index in 0..<count {
            accumulator = accumulator << UInt64(bits) | UInt64(coefficient(index)) & mask
            pending += bits
            while pending >= 8 {
                pending -= 8
                output.append(UInt8(truncatingIfNeeded: accumulator >> UInt64(pending)))
            }
        }
    }

    /// Reads `count` coefficients of `bits` bits from the start of `bytes`, which holds at least `count * bits` bits.
    static func read(
        _ bytes: UnsafeRawBufferPointer, _ count: Int, bits: Int, coefficient: (Int, UInt32) -> Void
    ) {
        var accumulator: UInt64 = 0
        var pending = 0
        var offset = 0
        let mask = (UInt64(1) << UInt64(bits)) - 1
        for index in 0..<count {
            while pending < bits {
                accumulator = accumulator << 8 | UInt64(bytes[offset])
                offset += 1
                pending += 8
            }
            pending -= bits
            coefficient(index, UInt32(truncatingIfNeeded: accumulator >> UInt64(pending) & mask))
        }
    }

    /// Reads signed coefficients and returns the index of the first that is the most negative value of its width.
    static func readSigned(
        _ bytes: UnsafeRawBufferPointer, _ count: Int, bits: Int, into output: UnsafeMutablePointer<Int8>
    ) -> Int? {
        var forbidden: Int?
        let most: UInt32 = 1 << UInt32(bits - 1)
        read(bytes, count, bits: bits) { index, value in
            output[index] = Int8(truncatingIfNeeded: Int32(bitPattern: value ^ most) &- Int32(most))
            if value == most, forbidden == nil { forbidden = index }
        }
        return forbidden
    }
}
