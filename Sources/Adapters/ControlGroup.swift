import Glibc
package import Satchel

/// A control group of our own: limits that the kernel holds all of its processes to, and counts of what they used.
package struct ControlGroup: Sendable, Hashable {
    package let host: ControlGroupHost
    package let controllers: [ControlGroupHost.Controller]
    private let folder: String

    /// Makes the group `hypermesh-<name>`, or takes over the one of that name, without limits.
    package init(
        _ host: ControlGroupHost, name: String, controllers: [ControlGroupHost.Controller] = [.processor, .memory]
    ) throws(AdapterError) {
        self.host = host
        self.controllers = controllers
        folder = "hypermesh-\(name)"
        for directory in directories where mkdir(directory, 0o755) != 0 && errno != EEXIST {
            let code = errno
            remove()
            throw .system(call: "mkdir", subject: directory, code: code)
        }
    }

    /// The group's directories, each once.
    package var directories: [String] {
        var directories: [String] = []
        for controller in controllers where !directories.contains(directory(controller)) {
            directories.append(directory(controller))
        }
        if controllers.contains(.processor), let accounting = host.accounting {
            directories.append("\(accounting)/\(folder)")
        }
        return directories
    }

    private func directory(_ controller: ControlGroupHost.Controller) -> String {
        "\(host.parent(of: controller))/\(folder)"
    }

    // MARK: Limits

    /// Limits processor time. The least that the kernel can hold a group to is one thousandth of a core.
    package func limit(millicores: UInt64) throws(AdapterError) -> [ResourceLimit] {
        // A quota has at least 1000 µs a period.
        let period: UInt64 = millicores < 10 ? 1_000_000 : 100_000
        let (product, overflow) = millicores.multipliedReportingOverflow(by: period)
        guard millicores > 0, !overflow else { throw .invalidRequest("a processor limit of \(millicores) millicores") }
        let quota = product / 1000
        let directory = directory(.processor)
        switch host.version {
        case .v2: try set("\(directory)/cpu.max", "\(quota) \(period)")
        case .v1:
            // The new period must not meet the old quota: the kernel refuses a group that outgrows its parent.
            try set("\(directory)/cpu.cfs_quota_us", "-1")
            try set("\(directory)/cpu.cfs_period_us", "\(period)")
            try set("\(directory)/cpu.cfs_quota_us", "\(quota)")
        }
        return [ResourceLimit(control: host.processorControl, value: quota, isEnforced: true)]
    }

    /// Limits memory, swap included where the kernel counts it.
    package func limit(memoryBytes: UInt64) throws(AdapterError) -> [ResourceLimit] {
        let directory = directory(.memory)
        let swap = host.version == .v2 ? "memory.swap.max" : "memory.memsw.limit_in_bytes"
        let countsSwap = access("\(directory)/\(swap)", F_OK) == 0
        let total = "\(directory)/\(host.memoryControl)"
        guard countsSwap, host.version == .v1 else {
            try set(total, "\(memoryBytes)")
            if countsSwap { try set("\(directory)/\(swap)", "0") }
            return [ResourceLimit(control: host.memoryControl, value: memoryBytes, isEnforced: true)]
        }
        // Memory may never exceed memory and swap: which is set first depends on the direction.
        let old = HostFile.number(total) ?? .max
        let order = old > memoryBytes ? [host.memoryControl, swap] : [swap, host.memoryControl]
        for control in order { try set("\(directory)/\(control)", "\(memoryBytes)") }
        return [host.memoryControl, swap].map { ResourceLimit(control: $0, value: memoryBytes, isEnforced: true) }
    }

    private func set(_ path: String, _ value: String) throws(AdapterError) {
        let refusal = HostFile.write(value, to: path)
        guard refusal == 0 else { throw .system(call: "write \(value)", subject: path, code: refusal) }
    }

    // MARK: Processes

    /// Moves a running process into the group. Its children stay where they are.
    package func add(process: Int32) throws(AdapterError) {
        for directory in directories { try set("\(directory)/cgroup.procs", "\(process)") }
    }

    /// The exit code of a command from ``entering(_:)`` that could not enter the group.
    static let refusedEntry: Int32 = 125

    /// The command, changed so that it enters the group before it begins: its children are then in it as well.
    func entering(_ command: [String]) -> [String] {
        let script = #"while [ "$1" != -- ]; do echo $$ > "$1" || exit 125; shift; done; shift; exec "$@""#
        return ["/bin/sh", "-c", script, "sh"] + directories.map { "\($0)/cgroup.procs" } + ["--"] + command
    }

    // MARK: Counters

    package var processorNanoseconds: UInt64? {
        switch host.version {
        case .v2:
            HostFile.field("usage_usec", of: "\(directory(.processor))/cpu.stat")
                .map { $0.multipliedReportingOverflow(by: 1000).partialValue }
        case .v1: HostFile.number("\(host.accounting ?? host.parent(of: .processor))/\(folder)/cpuacct.usage")
        }
    }

    package var memoryBytes: UInt64? {
        HostFile.number(directory(.memory) + (host.version == .v2 ? "/memory.current" : "/memory.usage_in_bytes"))
    }

    package var memoryBytesMax: UInt64? {
        HostFile.number(directory(.memory) + (host.version == .v2 ? "/memory.peak" : "/memory.max_usage_in_bytes"))
    }

    /// Processes that the kernel ended because the group's memory was used up.
    package var memoryKills: UInt64? {
        let file = host.version == .v2 ? "memory.events" : "memory.oom_control"
        return HostFile.field("oom_kill", of: "\(directory(.memory))/\(file)")
    }

    /// Kills what still runs in the group and removes it. Blocks until the kernel has let go of the processes, at most
    /// two seconds: one that was killed stays in its group until its parent has waited for it.
    @discardableResult
    func clear() -> Bool {
        for attempt in 0..<40 {
            if remove() { return true }
            for directory in directories { kill(in: directory) }
            usleep(attempt < 20 ? 5_000 : 95_000)
        }
        return remove()
    }

    private func kill(in directory: String) {
        for line in (HostFile.text("\(directory)/cgroup.procs") ?? "").split(separator: "\n") {
            // Zero stands for a process of a namespace that this one cannot see.
            if let process = Int32(line), process > 1, process != getpid() { Glibc.kill(process, SIGKILL) }
        }
    }

    /// Removes the group. Returns false while processes are in it.
    @discardableResult
    package func remove() -> Bool {
        directories.allSatisfy { rmdir($0) == 0 || errno == ENOENT }
    }
}

extension ControlGroupHost {
    /// The control behind a processor limit.
    package var processorControl: String { version == .v2 ? "cpu.max" : "cpu.cfs_quota_us" }
    /// The control behind a memory limit.
    package var memoryControl: String { version == .v2 ? "memory.max" : "memory.limit_in_bytes" }
}
