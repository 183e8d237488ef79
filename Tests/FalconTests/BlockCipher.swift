/// AES-256 encryption of single blocks (FIPS 197), only for replaying known-answer generators.
struct BlockCipher {
    private let roundKeys: [[UInt8]]

    private static let substitution: [UInt8] = {
        var table = [UInt8](repeating: 0, count: 256)
        for value in 0..<256 {
            let inverse = (1..<256).first { multiply(UInt8(value), UInt8($0)) == 1 } ?? 0
            let x = UInt8(inverse)
            table[value] = (0..<5).reduce(0x63) { $0 ^ (x << UInt8($1) | UInt8(UInt16(x) >> UInt16(8 - $1))) }
        }
        return table
    }()

    init(key: [UInt8]) {
        var words = stride(from: 0, to: 32, by: 4).map { Array(key[$0..<($0 + 4)]) }
        var constant: UInt8 = 1
        for index in 8..<60 {
            var word = words[index - 1]
            if index % 8 == 0 {
                word = [word[1], word[2], word[3], word[0]].map { Self.substitution[Int($0)] }
                word[0] ^= constant
                constant = Self.multiply(constant, 2)
            } else if index % 8 == 4 {
                word = word.map { Self.substitution[Int($0)] }
            }
            words.append(zip(words[index - 8], word).map { $0 ^ $1 })
        }
        roundKeys = stride(from: 0, to: 60, by: 4).map { Array(words[$0..<($0 + 4)].joined()) }
    }

    func encrypt(_ block: [UInt8]) -> [UInt8] {
        var state = zip(block, roundKeys[0]).map { $0 ^ $1 }
        for round in 1...14 {
            let shifted = (0..<16).map { Self.substitution[Int(state[($0 + 4 * ($0 % 4)) % 16])] }
            let mixed = round == 14 ? shifted : Self.mixColumns(shifted)
            state = zip(mixed, roundKeys[round]).map { $0 ^ $1 }
        }
        return state
    }

    private static func mixColumns(_ state: [UInt8]) -> [UInt8] {
        (0..<16).map { index in
            let column = index & ~3
            let at = { (offset: Int) in state[column + (index + offset) % 4] }
            return multiply(at(0), 2) ^ multiply(at(1), 3) ^ at(2) ^ at(3)
        }
    }

    private static func multiply(_ a: UInt8, _ b: UInt8) -> UInt8 {
        var (result, x, y): (UInt8, UInt8, UInt8) = (0, a, b)
        while y != 0 {
            if y & 1 == 1 { result ^= x }
            x = x << 1 ^ (x & 0x80 == 0 ? 0 : 0x1B)
            y >>= 1
        }
        return result
    }
}
