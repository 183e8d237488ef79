package import Canonical

/// Why a VM process gave no answer. What the program itself did wrong is an answer, not an error.
package enum VMError: Error, Sendable, Hashable {
    case system(operation: String, errno: Int32)
    /// The process ended without an answer; the text says how.
    case processFailed(String)
    case malformedAnswer(BCSError)
}

extension VMError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .system(let operation, let errno): "\(operation) failed with errno \(errno)"
        case .processFailed(let reason): "the job's process failed: \(reason)"
        case .malformedAnswer(let error): "the job's process gave a malformed answer: \(error)"
        }
    }
}
