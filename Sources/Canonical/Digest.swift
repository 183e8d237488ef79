/// A SHA-256 hash (FIPS 180-4): 32 bytes.
public struct Digest: Sendable, Hashable, Comparable {
    /// Size of a digest in bytes.
    public static let byteCount = 32

    /// 32 zero bytes: stands for "none" where a format needs a digest.
    public static let zero = Digest(words: (0, 0, 0, 0))

    // Big-endian words, so that comparing words compares bytes.
    private let word0: UInt64
    private let word1: UInt64
    private let word2: UInt64
    private let word3: UInt64

    private init(words: (UInt64, UInt64, UInt64, UInt64)) {
        (word0, word1, word2, word3) = words
    }

    /// A digest from its 32 bytes; nil for any other count.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Digest.byteCount else { return nil }
        self =
            bytes.withContiguousStorageIfAvailable { Digest(loading: UnsafeRawBufferPointer($0)) }
            ?? Array(bytes).withUnsafeBytes { Digest(loading: $0) }
    }

    /// From at least 32 bytes in memory.
    init(loading raw: UnsafeRawBufferPointer) {
        func word(_ index: Int) -> UInt64 {
            UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
        }
        self.init(words: (word(0), word(1), word(2), word(3)))
    }

    /// SHA-256 of `bytes`, without a domain; for formats of others (RFC 6962 and the like).
    public init(sha256 bytes: some Collection<UInt8>) {
        var state = DigestState()
        state.update(bytes)
        self = state.finish()
    }

    /// SHA-256 of the domain's tag followed by `bytes`.
    public init(_ domain: HashDomain, _ bytes: some Collection<UInt8>) {
        var state = DigestState()
        state.update(domain.tagBytes)
        state.update(bytes)
        self = state.finish()
    }

    /// SHA-256 of the domain's tag followed by the value's canonical encoding.
    public init(_ domain: HashDomain, of value: some CanonicalEncodable) {
        self.init(domain, value.canonicalBytes)
    }

    /// SHA-256 of a one-byte prefix and two digests: the inner node of a binary hash tree.
    public init(prefix: UInt8, _ left: Digest, _ right: Digest) {
        var state = DigestState()
        Swift.withUnsafeBytes(of: prefix) { state.update($0) }
        state.update(left)
        state.update(right)
        self = state.finish()
    }

    /// SHA-256 of two digests without a prefix.
    public init(_ left: Digest, _ right: Digest) {
        var state = DigestState()
        state.update(left)
        state.update(right)
        self = state.finish()
    }

    /// The 32 bytes, first byte first.
    public var bytes: [UInt8] {
        withUnsafeBytes { Array($0) }
    }

    /// Calls `body` with the 32 bytes, without allocating.
    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        let stored = (word0.bigEndian, word1.bigEndian, word2.bigEndian, word3.bigEndian)
        return try Swift.withUnsafeBytes(of: stored, body)
    }

    /// Bit `index`, 0 being the most significant bit of the first byte. `index` is 0…255.
    public func bit(_ index: Int) -> Bool {
        word(index >> 6) >> UInt64(63 - index & 63) & 1 == 1
    }

    /// The 4-bit digit `index` (0…63), most significant first.
    public func nibble(_ index: Int) -> Int {
        Int(truncatingIfNeeded: word(index >> 4) >> UInt64(60 - 4 * (index & 15)) & 15)
    }

    /// The first eight bytes as a big-endian number: for choices that a hash makes.
    public var leadingWord: UInt64 { word0 }

    private func word(_ index: Int) -> UInt64 {
        switch index & 3 {
        case 0: word0
        case 1: word1
        case 2: word2
        default: word3
        }
    }

    public static func < (left: Digest, right: Digest) -> Bool {
        (left.word0, left.word1, left.word2, left.word3) < (right.word0, right.word1, right.word2, right.word3)
    }
}

extension Digest: CustomStringConvertible {
    /// 64 hexadecimal digits.
    public var description: String { Hexadecimal.encode(bytes) }

    /// The first eight hexadecimal digits, for people.
    public var shortDescription: String { String(description.prefix(8)) }

    /// A digest from 64 hexadecimal digits.
    public init?(hexadecimal text: some StringProtocol) {
        guard let bytes = Hexadecimal.decode(text) else { return nil }
        self.init(bytes: bytes)
    }
}

extension Digest: CanonicalCodable {
    public func encode(to encoder: inout BCSEncoder) {
        withUnsafeBytes { encoder.append(contentsOf: $0) }
    }

    public init(from decoder: inout BCSDecoder) throws(BCSError) {
        self = try decoder.withFixed(Digest.byteCount) { Digest(loading: $0) }
    }
}
