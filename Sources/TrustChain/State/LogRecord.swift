import Canonical
import MerkleTree

/// The transparency log as the replicated state holds it.
struct LogRecord: CanonicalCodable {
    let logID: Digest
    var frontier: LogFrontier
    var time: Timestamp

    var head: LogHead { LogHead(logID: logID, size: frontier.size, root: frontier.root, time: time) }

    init(logID: Digest) {
        self.logID = logID
        frontier = LogFrontier()
        time = .zero
    }

    func encode(to encoder: inout BCSEncoder) {
        encoder.encode(logID)
        encoder.encode(frontier)
        encoder.encode(time)
    }

    init(from decoder: inout BCSDecoder) throws(BCSError) {
        logID = try decoder.decode()
        frontier = try decoder.decode()
        time = try decoder.decode()
    }
}
