import Glibc

/// A control group of our own, of version 1 or 2, whichever the host has with the controllers that we need.
package struct ControlGroup: Sendable {
    package enum Version: String, Sendable {
        case v1
        case v2
    }

    package let version: Version
    private let directories: [String]

    private static let root = "/sys/fs/cgroup"

    /// Makes `hypermesh-<name>` with limits; nil where the host forbids it.
    package init?(name: String, millicores: UInt64, memoryBytes: UInt64) {
        let folder = "hypermesh-\(name)"
        if let controllers = HostFile.text("\(ControlGroup.root)/cgroup.subtree_control"),
            controllers.contains("cpu"), controllers.contains("memory")
        {
            version = .v2
            directories = ["\(ControlGroup.root)/\(folder)"]
        } else {
            version = .v1
            directories = ["cpu", "memory"].map { "\(ControlGroup.root)/\($0)/\(folder)" }
        }
        guard makeDirectories(), limit(millicores: millicores, memoryBytes: memoryBytes) else {
            remove()
            return nil
        }
    }

    /// Moves a process into the group.
    package func add(process: Int32) throws(VMError) {
        for directory in directories {
            let refusal = HostFile.write("\(process)", to: "\(directory)/cgroup.procs")
            guard refusal == 0 else { throw .system(operation: "move a process into \(directory)", errno: refusal) }
        }
    }

    /// Removes the group; its processes must be gone.
    package func remove() {
        for directory in directories { rmdir(directory) }
    }

    private func makeDirectories() -> Bool {
        directories.allSatisfy { mkdir($0, 0o755) == 0 || errno == EEXIST }
    }

    private func limit(millicores: UInt64, memoryBytes: UInt64) -> Bool {
        let period: UInt64 = 100_000
        let quota = max(1000, millicores.multipliedReportingOverflow(by: period).partialValue / 1000)
        switch version {
        case .v2:
            return HostFile.write("\(quota) \(period)", to: "\(directories[0])/cpu.max") == 0
                && HostFile.write("\(memoryBytes)", to: "\(directories[0])/memory.max") == 0
        case .v1:
            return HostFile.write("\(period)", to: "\(directories[0])/cpu.cfs_period_us") == 0
                && HostFile.write("\(quota)", to: "\(directories[0])/cpu.cfs_quota_us") == 0
                && HostFile.write("\(memoryBytes)", to: "\(directories[1])/memory.limit_in_bytes") == 0
        }
    }

    /// What the group around this process allows, in thousandths of a core; nil without a limit.
    static func processorQuotaMillicores() -> UInt64? {
        if let words = HostFile.text("\(root)/cpu.max")?.split(whereSeparator: { " \n".contains($0) }), words.count == 2,
            let quota = UInt64(words[0]), let period = UInt64(words[1]), period > 0
        {
            return quota * 1000 / period
        }
        guard let quota = HostFile.number("\(root)/cpu/cpu.cfs_quota_us"),
            let period = HostFile.number("\(root)/cpu/cpu.cfs_period_us"), period > 0
        else { return nil }
        return quota * 1000 / period
    }

    /// What the group around this process allows, in bytes; nil without a limit.
    static func memoryLimitBytes() -> UInt64? {
        HostFile.number("\(root)/memory.max") ?? HostFile.number("\(root)/memory/memory.limit_in_bytes")
    }
}
