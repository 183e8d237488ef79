/// The random numbers of Julia 1.10: xoshiro256++ (Blackman and Vigna, 2019), seeded through SHA-256 as
/// `Random.seed!` does. The seed comes from the host; nothing here reads a clock or entropy.
package struct Xoshiro256: Sendable, Hashable {
    /// The four words of state.
    package private(set) var state: [UInt64]

    /// From the words of a seed, least significant first (Julia: `Xoshiro(seed)` for an integer has 32-bit words).
    package init(seed words: [UInt32]) {
        var bytes: [UInt8] = []
        for word in words { for shift in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(8 * shift))) } }
        let digest = SHA256.digest(bytes)
        state = [0, 0, 0, 0]
        for (index, byte) in digest.enumerated() { state[index / 8] |= UInt64(byte) << UInt64(8 * (index % 8)) }
    }

    /// From a non-negative integer, as `Random.seed!(n)`.
    package init(seed: UInt64) {
        let high = UInt32(truncatingIfNeeded: seed >> 32)
        self.init(seed: [UInt32(truncatingIfNeeded: seed)] + (high == 0 ? [] : [high]))
    }

    private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 { value << count | value >> (64 - count) }

    /// `rand(UInt64)`.
    package mutating func next() -> UInt64 {
        let result = Self.rotate(state[0] &+ state[3], 23) &+ state[0]
        let shifted = state[1] << 17
        state[2] ^= state[0]
        state[3] ^= state[1]
        state[1] ^= state[2]
        state[0] ^= state[3]
        state[2] ^= shifted
        state[3] = Self.rotate(state[3], 45)
        return result
    }

    /// `rand()`: from 0 up to, and not including, 1.
    package mutating func nextUnit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A number from 0 to `span - 1`, as `rand(1:n)` draws it (Lemire, 2019); any 64-bit number for a span of 0.
    package mutating func next(below span: UInt64) -> UInt64 {
        if span == 0 { return next() }
        var (high, low) = next().multipliedFullWidth(by: span)
        if low < span {
            let threshold = (0 &- span) % span
            while low < threshold { (high, low) = next().multipliedFullWidth(by: span) }
        }
        return high
    }
}
