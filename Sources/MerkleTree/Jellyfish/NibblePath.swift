package import Canonical

/// The way from the root to a node: up to 64 digits of 4 bits.
package struct NibblePath: Sendable, Hashable {
    /// Digits of a whole key.
    package static let digitsMax = 64

    package private(set) var count: UInt8 = 0
    // Digits from the most significant on; those beyond `count` are 0.
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// The root's path.
    package init() {}

    /// The first `count` digits of a key (at most 64).
    package init(of key: Digest, count: Int) {
        for index in 0..<min(count, NibblePath.digitsMax) { self = appending(key.nibble(index)) }
    }

    /// The path to a child. The digit is taken modulo 16; a whole path stays as it is.
    package func appending(_ digit: Int) -> NibblePath {
        guard count < UInt8(NibblePath.digitsMax) else { return self }
        var longer = self
        let word = UInt64(truncatingIfNeeded: digit & 15) << UInt64(60 - 4 * (count & 15))
        switch count >> 4 {
        case 0: longer.words.0 |= word
        case 1: longer.words.1 |= word
        case 2: longer.words.2 |= word
        default: longer.words.3 |= word
        }
        longer.count += 1
        return longer
    }

    /// Digit `index` (0…63), 0 beyond the path's end.
    package func digit(_ index: Int) -> Int {
        let word =
            switch index >> 4 {
            case 0: words.0
            case 1: words.1
            case 2: words.2
            default: words.3
            }
        return Int(truncatingIfNeeded: word >> UInt64(60 - 4 * (index & 15)) & 15)
    }

    /// Whether `key` begins with this path.
    package func isPrefix(of key: Digest) -> Bool {
        (0..<Int(count)).allSatisfy { key.nibble($0) == digit($0) }
    }

    package static func == (left: NibblePath, right: NibblePath) -> Bool {
        left.count == right.count && left.words == right.words
    }

    // Paths come from SHA-256: the first 16 digits and the length tell them apart well enough.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(count)
    }
}

extension NibblePath: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encodeBytes((0..<Int(count)).map { UInt8(digit($0)) })
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let digits = try decoder.decodeBytes(limit: NibblePath.digitsMax)
        guard digits.allSatisfy({ $0 < 16 }) else {
            throw .invalidValue(offset: decoder.offset, rule: "a digit of a path is below 16")
        }
        self.init()
        for digit in digits { self = appending(Int(digit)) }
    }
}
