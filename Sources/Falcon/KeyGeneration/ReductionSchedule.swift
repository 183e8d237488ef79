/// The pace at which (F, G) has to become shorter on one floor of the tower.
///
/// The reference implementation discards an (f, g) that is so badly conditioned on some floor that its reduction falls
/// behind a fixed pace of 25 bits a round with 31-bit multiples. The solution exists nevertheless; but whoever wants
/// the same key from the same seed has to discard the same candidates. Sizes count words of 31 bits, as there.
struct ReductionSchedule {
    /// Bits by which the next multiple is scaled down.
    private(set) var scale: Int
    /// Words that the coefficients of F and G must fit into.
    private var words: Int
    private var bitsMax: Int
    private let shortBitsMax: Int
    private let finalWords: Int

    private static let wordBits = 31
    private static let roundBits = 25
    /// Bound of the magnitude of a multiple's coefficients.
    static let multipleEnd = Double(Int32.max)

    /// For every depth, measured on random (f, g): words of the reduced and of the lifted solution, mean and standard
    /// deviation of the size of f and g in bits.
    private static let depths: [(reduced: Int, lifted: Int, mean: Int, deviation: Int)] = [
        (1, 2, 4, 0), (1, 2, 11, 1), (2, 5, 24, 1), (2, 7, 50, 1), (4, 12, 102, 1), (7, 21, 202, 2),
        (14, 40, 401, 4), (27, 78, 794, 5), (53, 157, 1577, 8), (106, 308, 3138, 13),
    ]

    /// The schedule for the ring which lies `depth` halvings below the top; nil where the reference has none.
    init?(depth: Int) {
        guard depth >= 2, depth < Self.depths.count else { return nil }
        let entry = Self.depths[depth]
        words = entry.lifted
        finalWords = entry.reduced
        bitsMax = entry.lifted * Self.wordBits
        scale = bitsMax - (entry.mean - 6 * entry.deviation)
        shortBitsMax = entry.mean + 6 * entry.deviation
    }

    /// Whether this round was the last.
    var isLastRound: Bool { scale == 0 }

    /// Takes note of a round that left coefficients of `bits` bits; false if that falls behind.
    mutating func finishRound(bits: Int) -> Bool {
        guard fits(bits, words) else { return false }
        bitsMax = min(bitsMax, scale + shortBitsMax + 10)
        if words * Self.wordBits >= bitsMax + Self.wordBits { words -= 1 }
        guard fits(bits, isLastRound ? min(words, finalWords) : words) else { return false }
        scale = max(0, scale - Self.roundBits)
        return true
    }

    private func fits(_ bits: Int, _ words: Int) -> Bool { bits < words * Self.wordBits }
}
