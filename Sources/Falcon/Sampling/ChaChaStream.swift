/// The pseudorandom bytes that feed the integer sampler: ChaCha20 with a 64-bit counter, eight blocks at a time, their
/// words interleaved (word v of block u is at byte 32·v + 4·u) as in the reference implementation.
///
/// All state lies behind pointers, so that copies of this value share it; `storage` must outlive them.
struct ChaChaStream {
    private static let bufferByteCount = 512

    /// Wiped memory of one stream.
    final class Storage {
        fileprivate let buffer = SecretBuffer<SIMD8<UInt32>>(repeating: .zero, count: 16)
        fileprivate let key = SecretBuffer<UInt32>(repeating: 0, count: 12)
        fileprivate let counters = SecretBuffer<UInt64>(repeating: 0, count: 2)
    }

    private let buffer: UnsafeMutableRawPointer
    private let key: UnsafeMutablePointer<UInt32>
    private let counters: UnsafeMutablePointer<UInt64>

    /// Seeds the stream with the next 56 bytes of `source`.
    init(_ storage: Storage, seededFrom source: UnsafeMutablePointer<SHAKE256>) {
        buffer = UnsafeMutableRawPointer(storage.buffer.pointer)
        key = storage.key.pointer
        counters = storage.counters.pointer
        for index in 0..<6 {
            let word = source.pointee.squeezeWord()
            key[2 * index] = UInt32(truncatingIfNeeded: word)
            key[2 * index + 1] = UInt32(truncatingIfNeeded: word >> 32)
        }
        counters[0] = source.pointee.squeezeWord()
        refill()
    }

    /// Bytes of the buffer that have been used.
    @inline(__always)
    private var position: Int {
        get { Int(truncatingIfNeeded: counters[1]) }
        nonmutating set { counters[1] = UInt64(truncatingIfNeeded: newValue) }
    }

    /// The next byte.
    @inline(__always)
    func nextByte() -> UInt8 {
        let byte = buffer.load(fromByteOffset: position, as: UInt8.self)
        position = position &+ 1
        if position == Self.bufferByteCount { refill() }
        return byte
    }

    /// The next eight bytes, little-endian. The last bytes of a buffer go unused.
    @inline(__always)
    func nextWord() -> UInt64 {
        if position >= Self.bufferByteCount - 9 { refill() }
        let word = buffer.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        position = position &+ 8
        return UInt64(littleEndian: word)
    }

    @inline(never)
    private func refill() {
        let counter = counters[0]
        let lanes = SIMD8<UInt64>(0, 1, 2, 3, 4, 5, 6, 7) &+ counter
        let low = SIMD8<UInt32>(truncatingIfNeeded: lanes)
        let high = SIMD8<UInt32>(truncatingIfNeeded: lanes &>> 32)
        let start = ChaChaBlocks(
            a: .init(
                .init(repeating: 0x6170_7865), .init(repeating: 0x3320_646e), .init(repeating: 0x7962_2d32),
                .init(repeating: 0x6b20_6574)),
            b: row(0), c: row(4),
            d: .init(.init(repeating: key[8]), .init(repeating: key[9]), low ^ key[10], high ^ key[11]))
        var blocks = start
        for _ in 0..<10 { blocks.doubleRound() }
        let rows = [(blocks.a, start.a), (blocks.b, start.b), (blocks.c, start.c), (blocks.d, start.d)]
        for (index, (mixed, initial)) in rows.enumerated() {
            let output = mixed &+ initial
            store(output.x0, 4 &* index)
            store(output.x1, 4 &* index &+ 1)
            store(output.x2, 4 &* index &+ 2)
            store(output.x3, 4 &* index &+ 3)
        }
        counters[0] = counter &+ 8
        position = 0
    }

    private func row(_ first: Int) -> ChaChaBlocks.Row {
        .init(
            .init(repeating: key[first]), .init(repeating: key[first &+ 1]), .init(repeating: key[first &+ 2]),
            .init(repeating: key[first &+ 3]))
    }

    private func store(_ words: SIMD8<UInt32>, _ index: Int) {
        buffer.storeBytes(of: words, toByteOffset: 32 &* index, as: SIMD8<UInt32>.self)
    }
}
