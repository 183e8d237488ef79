import Canonical

/// Hands out given bytes, in order, and after them a seeded stream.
struct FixedRandom: RandomSource, Sendable {
    private var bytes: ArraySlice<UInt8>
    private var rest = SplitMix64(seed: 1)

    init(_ bytes: [UInt8]) {
        self.bytes = bytes[...]
    }

    mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        let given = bytes.prefix(buffer.count)
        bytes = bytes.dropFirst(given.count)
        for (index, byte) in given.enumerated() { buffer[index] = byte }
        rest.fill(UnsafeMutableRawBufferPointer(rebasing: buffer[given.count...]))
    }
}
