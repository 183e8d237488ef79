package import Canonical

/// Why an adapter refused.
package enum AdapterError: Error, Sendable, Hashable {
    /// The resource does not exist on this machine.
    case absent(AssetKind)
    /// More was asked than is free.
    case insufficient(AssetKind, free: UInt64, asked: UInt64)
    case unknownAllocation(Digest)
    case allocationExists(Digest)
    /// The host lacks what the call needs.
    case unsupported(String)
    /// The operating system refused: the call, its subject and the error number.
    case system(call: String, subject: String, code: Int32)
    case invalidRequest(String)
}

extension AdapterError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .absent(let kind): "this machine has no \(kind)"
        case .insufficient(let kind, let free, let asked): "\(asked) of \(kind) asked, \(free) free"
        case .unknownAllocation(let id): "no allocation \(id.shortDescription)"
        case .allocationExists(let id): "allocation \(id.shortDescription) exists"
        case .unsupported(let what): "not supported on this host: \(what)"
        case .system(let call, let subject, let code): "\(call) of \(subject) failed with error \(code)"
        case .invalidRequest(let rule): "invalid request: \(rule)"
        }
    }
}
