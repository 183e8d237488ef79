/// Why a transfer, a set of shards or an inbox refused something.
public enum TransferFailure: Sendable, Hashable {
    /// Data and parity shards are at least 1 each and together at most 255.
    case invalidShardCounts(data: Int, parity: Int)
    /// Fewer shards than the data follows from.
    case tooFewShards(found: Int, needed: Int)
    /// What came contradicts what was announced.
    case damaged(String)
    /// So many pieces came corrupt that the transfer was given up.
    case corruptPieces(Int)
    /// The peer does not take the object.
    case refused(code: String, text: String)
    /// A local file could not be read or written.
    case file(path: String, problem: String)
    /// The channel ended before the transfer had.
    case cutShort
}

extension TransferFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .invalidShardCounts(let data, let parity):
            "\(data)+\(parity) shards: both are at least 1 and together at most \(ExtensionLimits.shardsMax)"
        case .tooFewShards(let found, let needed): "\(found) good shards were found and \(needed) are needed"
        case .damaged(let what): "the transfer is damaged: \(what)"
        case .corruptPieces(let count): "\(count) pieces came corrupt"
        case .refused(let code, let text): "the receiver refused: \(text) (\(code))"
        case .file(let path, let problem): "\(path): \(problem)"
        case .cutShort: "the channel ended in the middle of the transfer"
        }
    }
}
