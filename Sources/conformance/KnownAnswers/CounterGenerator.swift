import Crypto
import CryptoExtras

/// The deterministic AES-256-CTR generator of NIST's known-answer programs (SP 800-90A §10.2.1, without derivation
/// function, personalization or reseeding). For replaying published answers only.
struct CounterGenerator {
    private static let blockBytes = 16
    private static let keyBytes = 32
    static let seedBytes = keyBytes + blockBytes

    private var key = [UInt8](repeating: 0, count: keyBytes)
    private var counter = [UInt8](repeating: 0, count: blockBytes)

    /// - Parameter seed: 48 bytes, the entropy input of `randombytes_init`.
    init(seed: [UInt8]) throws(ConformanceError) {
        try update(seed)
    }

    /// What one call of `randombytes` gives.
    mutating func bytes(_ count: Int) throws(ConformanceError) -> [UInt8] {
        let output = try blocks(count)
        try update([])
        return output
    }

    private mutating func update(_ data: [UInt8]) throws(ConformanceError) {
        var output = try blocks(Self.seedBytes)
        for (index, byte) in data.prefix(output.count).enumerated() { output[index] ^= byte }
        key = Array(output[..<Self.keyBytes])
        counter = Array(output[Self.keyBytes...])
    }

    private mutating func blocks(_ count: Int) throws(ConformanceError) -> [UInt8] {
        let key = SymmetricKey(data: key)
        var output: [UInt8] = []
        while output.count < count {
            increment()
            var block = counter
            do { try AES.permute(&block, key: key) } catch { throw .cryptography("AES-256: \(error)") }
            output += block
        }
        return Array(output.prefix(count))
    }

    private mutating func increment() {
        for index in counter.indices.reversed() {
            counter[index] &+= 1
            if counter[index] != 0 { return }
        }
    }
}
