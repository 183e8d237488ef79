package import Canonical
package import Satchel

/// Why a VM process gave no answer. What the program itself did wrong is an answer, not an error.
package enum VMError: Error, Sendable, Hashable {
    case system(operation: String, errno: Int32)
    /// The process ended without an answer; the text says how.
    case processFailed(String)
    /// The process was killed because it took longer than its fuel can take.
    case timedOut(milliseconds: UInt64)
    case malformedAnswer(BCSError)
    /// The limits could not be set, so the process was not started.
    case limitsRefused(AdapterError)
}

extension VMError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .system(let operation, let errno): "\(operation) failed with errno \(errno)"
        case .processFailed(let reason): "the job's process failed: \(reason)"
        case .timedOut(let milliseconds): "the job's process was killed after \(milliseconds) ms"
        case .limitsRefused(let error): "the job's process was not started without its limits: \(error)"
        case .malformedAnswer(let error): "the job's process gave a malformed answer: \(error)"
        }
    }
}
