internal import Glibc

/// The operating system's random numbers (`getrandom(2)` by way of `getentropy(3)`).
enum SystemRandom {
    /// Most bytes of one call of `getentropy`.
    private static let callByteCountMax = 256

    /// Fills `buffer`, or says why not.
    static func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(FalconError) {
        guard let base = buffer.baseAddress else { return }
        var filled = 0
        while filled < buffer.count {
            let count = min(buffer.count - filled, callByteCountMax)
            guard getentropy(base + filled, count) == 0 else { throw .randomnessUnavailable(code: errno) }
            filled += count
        }
    }
}
