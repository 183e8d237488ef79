/// The hash of salt and message to a polynomial with coefficients 0..<q (Falcon 1.2, algorithm 3).
enum HashToPoint {
    /// 5q: 16-bit values from here on are skipped, which makes the others uniform modulo q.
    private static let acceptedEnd: UInt32 = 61445

    /// Writes the point to `output`, which has room for `degree` + 68 words. Time depends on the hash, which is public.
    static func hash(
        salt: UnsafeRawBufferPointer, message: UnsafeRawBufferPointer, degree: Int,
        into output: UnsafeMutablePointer<UInt16>
    ) {
        var sponge = KeccakSponge(rate: SHAKE256.rate, suffix: 0x1F)
        sponge.absorb(salt)
        sponge.absorb(message)
        sponge.beginSqueezing()
        var count = 0
        while true {
            for lane in 0..<(SHAKE256.rate / 8) {
                let word = sponge.state.lanes[lane].byteSwapped
                for part in 0..<4 {
                    let value = UInt32(truncatingIfNeeded: word &>> UInt64(48 &- 16 &* part)) & 0xFFFF
                    // ⌊value/q⌋ by the reciprocal, exact for all 16-bit values.
                    let quotient = UInt32(truncatingIfNeeded: (UInt64(value) &* 349_497) &>> 32)
                    output[count] = UInt16(truncatingIfNeeded: value &- quotient &* 12289)
                    count &+= value < acceptedEnd ? 1 : 0
                }
            }
            if count >= degree { return }
            sponge.nextBlock()
        }
    }
}
