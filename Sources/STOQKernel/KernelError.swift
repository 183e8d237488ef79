/// Why an eBPF program cannot be used. Everything works without them.
package enum KernelError: Error, Sendable, Hashable {
    /// This program was built on a machine without libbpf.
    case notBuilt
    /// The kernel refused a step; what is missing, as far as it can be told.
    case refused(step: String, errno: Int32, missing: [String])
    /// More workers, ports or sockets than the maps hold.
    case tooMany(what: String, limit: Int)
    /// No program of this kind is attached by any process.
    case notAttached
    /// The compiled program has no part of this name.
    case damaged(part: String)
}

extension KernelError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notBuilt: "built without libbpf: install libbpf-dev and build again"
        case .refused(let step, let errno, let missing) where missing.isEmpty:
            "the kernel refused to \(step) (errno \(errno))"
        case .refused(let step, let errno, let missing):
            "the kernel refused to \(step) (errno \(errno)); missing: \(missing.joined(separator: ", "))"
        case .tooMany(let what, let limit): "at most \(limit) \(what)"
        case .notAttached: "no counters are attached: run 'hypermesh stoq ebpf attach' and leave it running"
        case .damaged(let part): "the compiled program has no '\(part)'"
        }
    }
}
