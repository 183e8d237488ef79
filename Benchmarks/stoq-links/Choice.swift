import QUIC

/// What of the matrix to run.
struct Choice {
    /// A word that means nothing here.
    struct Unknown: Error {
        var word: String
    }

    var algorithms: [CongestionAlgorithm] = []
    var tiers = PathTier.allCases
    var roundTrips: [UInt64] = [0, 20, 100]
    /// In a million.
    var losses: [UInt64] = [0, 1000, 10_000]
    var seed: UInt64 = 1
    /// Where the client's qlog of the last run goes.
    var qlog: String?
    /// What receive windows and send buffers may grow to, bytes.
    var windowMaximum: UInt64 = 2 << 30
    /// How long utilisation is measured after the first three seconds.
    var seconds: UInt64 = 2

    mutating func read(_ words: some Sequence<String>) throws {
        var words = words.makeIterator()
        while let word = words.next() {
            if let algorithm = CongestionAlgorithm(rawValue: word) {
                algorithms.append(algorithm)
                continue
            }
            guard let value = words.next() else { throw Unknown(word: word) }
            try set(word, value)
        }
        if algorithms.isEmpty { algorithms = [.bbr, .cubic] }
    }

    private mutating func set(_ word: String, _ value: String) throws {
        switch (word, UInt64(value)) {
        case ("--rate", _):
            tiers = tiers.filter { "\($0)" == value }
            if tiers.isEmpty { throw Unknown(word: value) }
        case ("--rtt", let number?): roundTrips = [number]
        case ("--loss", let number?): losses = [number]
        case ("--window", let number?): windowMaximum = min(number, 1 << 20) << 20
        case ("--qlog", _): qlog = value
        case ("--seed", let number?): seed = number
        case ("--seconds", let number?): seconds = max(1, number)
        default: throw Unknown(word: word)
        }
    }
}
