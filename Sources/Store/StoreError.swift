/// Why the store refused or failed.
package enum StoreError: Error, Sendable, Hashable {
    /// The operating system refused; `operation` on `path`, with errno.
    case system(operation: String, path: String, errno: Int32)
    /// A record is damaged although valid records follow it: not a torn tail, so nothing was cut off.
    case corrupt(log: String, segment: UInt64, offset: Int)
    /// A segment is missing or its header is not that of its place in the log.
    case badSegment(log: String, segment: UInt64, rule: String)
    case recordTooLarge(bytes: Int, limit: Int)
    /// There is no record at the position.
    case noRecord(log: String, segment: UInt64, offset: Int)
    /// Another process has the directory open.
    case locked(path: String)
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .system(let operation, let path, let errno): "\(operation) \(path) failed with errno \(errno)"
        case .corrupt(let log, let segment, let offset):
            "log '\(log)' is damaged in segment \(segment) at byte \(offset), with valid records after it; "
                + "restore the directory or let the node fetch its state from peers"
        case .badSegment(let log, let segment, let rule): "segment \(segment) of log '\(log)' refused: \(rule)"
        case .recordTooLarge(let bytes, let limit): "a record of \(bytes) bytes exceeds the limit of \(limit)"
        case .noRecord(let log, let segment, let offset):
            "log '\(log)' has no record in segment \(segment) at byte \(offset)"
        case .locked(let path): "another process has \(path) open"
        }
    }
}
