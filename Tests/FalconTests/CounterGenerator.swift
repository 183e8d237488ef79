/// NIST's AES-256-CTR deterministic generator as the known-answer programs use it (SP 800-90A §10.2.1 without
/// derivation function or reseeding).
struct CounterGenerator {
    private var key = [UInt8](repeating: 0, count: 32)
    private var counter = [UInt8](repeating: 0, count: 16)

    init(seed: [UInt8]) { update(seed) }

    mutating func bytes(_ count: Int) -> [UInt8] {
        let cipher = BlockCipher(key: key)
        var output: [UInt8] = []
        while output.count < count { output += nextBlock(cipher) }
        update(nil)
        return Array(output.prefix(count))
    }

    private mutating func update(_ data: [UInt8]?) {
        let cipher = BlockCipher(key: key)
        var output: [UInt8] = []
        while output.count < 48 { output += nextBlock(cipher) }
        if let data { output = zip(output, data).map { $0 ^ $1 } }
        key = Array(output[..<32])
        counter = Array(output[32...])
    }

    private mutating func nextBlock(_ cipher: BlockCipher) -> [UInt8] {
        var index = 15
        counter[index] &+= 1
        while counter[index] == 0, index > 0 {
            index -= 1
            counter[index] &+= 1
        }
        return cipher.encrypt(counter)
    }
}
