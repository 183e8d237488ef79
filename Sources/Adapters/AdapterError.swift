package import Canonical

/// Why a host resource could not be measured, held to its limit or used.
package enum AdapterError: Error, Sendable, Hashable {
    /// The file that would tell is missing or says something unexpected.
    case unreadable(path: String, reason: String)
    case system(operation: String, errno: Int32)
    /// The job process gave no proper answer; the text says what happened to it.
    case processFailed(String)
    case malformedAnswer(BCSError)
}

extension AdapterError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path): \(reason)"
        case .system(let operation, let errno): "\(operation) failed with errno \(errno)"
        case .processFailed(let reason): "the job's process failed: \(reason)"
        case .malformedAnswer(let error): "the job's process gave a malformed answer: \(error)"
        }
    }
}
