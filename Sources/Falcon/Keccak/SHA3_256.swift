/// SHA3-256 (FIPS 202 §6.1), 32 bytes of output.
public struct SHA3_256: Sendable, BitwiseCopyable {
    /// Bytes of a digest.
    public static let byteCount = 32

    private var sponge = KeccakSponge(rate: 136, suffix: 0x06)

    /// Begins with no input.
    public init() {}

    /// Adds `bytes` to the input.
    public mutating func update(_ bytes: some Collection<UInt8>) {
        bytes.withBytes { sponge.absorb($0) }
    }

    /// The digest of the input so far; more input may follow.
    public func finalize() -> [UInt8] {
        var copy = sponge
        var output = [UInt8](repeating: 0, count: Self.byteCount)
        output.withUnsafeMutableBytes { copy.squeeze(into: $0) }
        return output
    }

    /// The digest of one whole input.
    public static func hash(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var hash = SHA3_256()
        hash.update(bytes)
        return hash.finalize()
    }
}
