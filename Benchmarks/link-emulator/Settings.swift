/// What the command line says.
struct Settings {
    /// A word that means nothing here.
    struct Unknown: Error {
        var word: String
    }

    var first = ""
    var second = ""
    var delayNanoseconds: UInt64 = 0
    var jitterNanoseconds: UInt64 = 0
    var lossPerMillion: UInt64 = 0
    var seed: UInt64 = 1

    mutating func read(_ words: some Sequence<String>) throws {
        var words = words.makeIterator()
        while let word = words.next() {
            guard word.hasPrefix("--") else {
                if first.isEmpty { first = word } else { second = word }
                continue
            }
            guard let text = words.next(), let value = UInt64(text), value <= 1_000_000_000 else {
                throw Unknown(word: word)
            }
            switch word {
            case "--delay-us": delayNanoseconds = value * 1000
            case "--jitter-us": jitterNanoseconds = value * 1000
            case "--loss-ppm": lossPerMillion = value
            case "--seed": seed = value
            default: throw Unknown(word: word)
            }
        }
        guard !first.isEmpty, !second.isEmpty else { throw Unknown(word: "two device names") }
    }
}
