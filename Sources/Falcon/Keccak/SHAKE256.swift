/// SHAKE256, the extendable-output function of FIPS 202 §6.2: absorb any input, then squeeze any output.
///
///     var shake = SHAKE256()
///     shake.absorb("some input".utf8)
///     let digest = shake.squeeze(count: 64)
public struct SHAKE256: Sendable, BitwiseCopyable {
    /// Bytes of a block of input or output.
    public static let rate = 136

    var sponge = KeccakSponge(rate: SHAKE256.rate, suffix: 0x1F)

    /// Begins with no input.
    public init() {}

    /// Adds `bytes` to the input. All input comes before the first output; later input is a programmer's error and traps.
    public mutating func absorb(_ bytes: some Collection<UInt8>) {
        bytes.withBytes { sponge.absorb($0) }
    }

    /// Adds the bytes at `buffer` to the input, under the same condition as ``absorb(_:)``.
    public mutating func absorb(buffer: UnsafeRawBufferPointer) {
        sponge.absorb(buffer)
    }

    /// Fills `output` with the next bytes of output.
    public mutating func squeeze(into output: UnsafeMutableRawBufferPointer) {
        sponge.squeeze(into: output)
    }

    /// The next `count` bytes of output.
    public mutating func squeeze(count: Int) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: max(count, 0))
        output.withUnsafeMutableBytes { sponge.squeeze(into: $0) }
        return output
    }

    /// The first `count` bytes of output for one whole input.
    public static func hash(_ bytes: some Collection<UInt8>, count: Int) -> [UInt8] {
        var shake = SHAKE256()
        shake.absorb(bytes)
        return shake.squeeze(count: count)
    }

    /// The next eight bytes of output as a little-endian number.
    mutating func squeezeWord() -> UInt64 {
        var word: UInt64 = 0
        withUnsafeMutableBytes(of: &word) { sponge.squeeze(into: $0) }
        return UInt64(littleEndian: word)
    }
}
