package import Canonical

/// Why the mempool did not take an envelope.
package enum MempoolRefusal: Error, Sendable, Hashable {
    case duplicate(OperationID)
    /// Another operation of the subject has that sequence number.
    case sequenceTaken(UInt64)
    case full(bytes: Int, limit: Int)
    case subjectFull(bytes: Int, limit: Int)
}

extension MempoolRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .duplicate(let id): "operation \(id.shortDescription) is already waiting"
        case .sequenceTaken(let sequence): "another operation of this subject waits with sequence \(sequence)"
        case .full(let bytes, let limit): "the mempool is full: \(bytes) of \(limit) bytes"
        case .subjectFull(let bytes, let limit): "the subject's share of the mempool is full: \(bytes) of \(limit) bytes"
        }
    }
}
