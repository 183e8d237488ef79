/// SHA-256 (FIPS 180-4), for seeding only; its constants are computed from the primes that define them.
enum SHA256 {
    private static let primes: [Int] = (2...311).filter { number in
        !(2..<number).contains { $0 * $0 <= number && number % $0 == 0 }
    }

    /// The first 32 fraction bits of the square roots of the first 8 primes.
    private static let initial: [UInt32] = primes.prefix(8).map { root($0, degree: 2) }
    /// The first 32 fraction bits of the cube roots of the first 64 primes.
    private static let constants: [UInt32] = primes.prefix(64).map { root($0, degree: 3) }

    private static func root(_ prime: Int, degree: Int) -> UInt32 {
        let target = UInt128(prime) << UInt128(32 * degree)
        var low: UInt128 = 0
        var high: UInt128 = 1 << 37
        while high - low > 1 {
            let middle = (low + high) / 2
            let power = degree == 2 ? middle * middle : middle * middle * middle
            if power <= target { low = middle } else { high = middle }
        }
        return UInt32(truncatingIfNeeded: low)
    }

    private static func rotate(_ value: UInt32, _ count: UInt32) -> UInt32 { value >> count | value << (32 - count) }

    static func digest(_ message: [UInt8]) -> [UInt8] {
        var bytes = message + [0x80]
        while bytes.count % 64 != 56 { bytes.append(0) }
        let length = UInt64(message.count) &* 8
        for shift in (0..<8).reversed() { bytes.append(UInt8(truncatingIfNeeded: length >> UInt64(8 * shift))) }
        var state = initial
        for block in stride(from: 0, to: bytes.count, by: 64) { compress(&state, bytes[block..<block + 64]) }
        return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * $0)) } }
    }

    private static func compress(_ state: inout [UInt32], _ block: ArraySlice<UInt8>) {
        var words: [UInt32] = (0..<16).map { word in
            (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(block[block.startIndex + 4 * word + $1]) }
        }
        for index in 16..<64 {
            let (early, late) = (words[index - 15], words[index - 2])
            let first = rotate(early, 7) ^ rotate(early, 18) ^ early >> 3
            let second = rotate(late, 17) ^ rotate(late, 19) ^ late >> 10
            words.append(words[index - 16] &+ first &+ words[index - 7] &+ second)
        }
        var s = state
        for index in 0..<64 {
            let sum1 = rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25)
            let choice = (s[4] & s[5]) ^ (~s[4] & s[6])
            let first = s[7] &+ sum1 &+ choice &+ constants[index] &+ words[index]
            let sum0 = rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22)
            let majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2])
            s = [first &+ sum0 &+ majority, s[0], s[1], s[2], s[3] &+ first, s[4], s[5], s[6]]
        }
        for index in 0..<8 { state[index] &+= s[index] }
    }
}
