import Canonical

/// A block above the final tip whose body is here.
struct BlockEntry: Sendable {
    enum Verdict: Sendable {
        case unknown
        case asked
        case valid
        case invalid
    }

    let block: Block
    var verdict = Verdict.unknown
    /// Whether its record was handed out to be stored.
    var isStored = false
}
