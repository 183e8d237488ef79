/// Where a core gets random bytes from: the operating system in production, a seed in tests and the simulator.
public protocol RandomSource {
    /// Fills the buffer with random bytes.
    mutating func fill(_ buffer: UnsafeMutableRawBufferPointer)
}

extension RandomSource {
    /// `count` random bytes.
    public mutating func bytes(_ count: Int) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: count)
        result.withUnsafeMutableBytes { fill($0) }
        return result
    }
}

/// Cryptographic randomness of the operating system, for programs and edges.
public struct SystemRandomSource: RandomSource, Sendable {
    public init() {}

    public mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        var generator = SystemRandomNumberGenerator()
        generator.fillBytes(of: buffer)
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): a fast seeded generator for simulation and tests; not for secrets.
public struct SplitMix64: RandomNumberGenerator, RandomSource, Sendable {
    private var state: UInt64

    public init(seed: UInt64) {
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    public mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        fillBytes(of: buffer)
    }
}

extension RandomNumberGenerator {
    fileprivate mutating func fillBytes(of buffer: UnsafeMutableRawBufferPointer) {
        var index = 0
        while index < buffer.count {
            var word = next()
            let count = min(8, buffer.count - index)
            for position in index..<index + count {
                buffer[position] = UInt8(truncatingIfNeeded: word)
                word >>= 8
            }
            index += count
        }
    }
}
