/// The control groups of this process, and the limits that they and the groups around them set.
struct ControlGroupMembership {
    private let root: String
    /// Path by controller; the empty name stands for version 2.
    private var paths: [String: String] = [:]

    init(root: String = "/sys/fs/cgroup", membership: String = "/proc/self/cgroup") {
        self.root = root
        for line in (HostFile.text(membership) ?? "").split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { continue }
            for controller in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
                paths[String(controller)] = String(parts[2])
            }
        }
    }

    /// Directories of version 1 from the process's own group up to the top of the hierarchy.
    func directories(of controller: String) -> [String] {
        paths[controller].map { ascending(from: $0, mount: "\(root)/\(controller)") } ?? []
    }

    /// Directories of version 2 from the process's own group up.
    var unifiedDirectories: [String] { paths[""].map { ascending(from: $0, mount: root) } ?? [] }

    /// The least processor quota, in thousandths of a core; nil without one.
    func processorMillicores() -> UInt64? {
        let unified = unifiedDirectories.compactMap { directory -> UInt64? in
            let words = HostFile.text("\(directory)/cpu.max")?.split(whereSeparator: \.isWhitespace) ?? []
            guard words.count == 2, let quota = UInt64(words[0]), let period = UInt64(words[1]) else { return nil }
            return ControlGroupMembership.millicores(quota: quota, period: period)
        }
        let older = directories(of: "cpu").compactMap { directory -> UInt64? in
            guard let quota = HostFile.number("\(directory)/cpu.cfs_quota_us"),
                let period = HostFile.number("\(directory)/cpu.cfs_period_us")
            else { return nil }
            return ControlGroupMembership.millicores(quota: quota, period: period)
        }
        return (unified + older).min()
    }

    /// The least memory limit, in bytes; nil without one.
    func memoryBytes() -> UInt64? {
        let unified = unifiedDirectories.compactMap { HostFile.number("\($0)/memory.max") }
        let older = directories(of: "memory").compactMap { HostFile.number("\($0)/memory.limit_in_bytes") }
        return (unified + older).min()
    }

    private static func millicores(quota: UInt64, period: UInt64) -> UInt64? {
        let (product, overflow) = quota.multipliedReportingOverflow(by: 1000)
        return overflow || period == 0 ? nil : product / period
    }

    private func ascending(from path: String, mount: String) -> [String] {
        var names = path.split(separator: "/")
        var directories: [String] = []
        while !names.isEmpty {
            directories.append(mount + "/" + names.joined(separator: "/"))
            names.removeLast()
        }
        return directories + [mount]
    }
}
