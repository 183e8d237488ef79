package import Satchel

/// What this host has, as far as this process may use it.
package enum HostCapacity {
    /// Thousandths of a core: the cores on line that this process may run on, less where a control group allows less.
    package static func processorMillicores() throws(AdapterError) -> UInt64 {
        guard let cores = coresOnline() else { throw .unsupported("/proc/stat cannot be read") }
        guard cores > 0 else { throw .absent(.cpu) }
        let available = min(cores, coresAllowed() ?? cores) * 1000
        return min(available, ControlGroupMembership().processorMillicores() ?? available)
    }

    /// Bytes: what the kernel manages, less where a control group allows less.
    package static func memoryBytes() throws(AdapterError) -> UInt64 {
        guard let total = memory("MemTotal") else { throw .unsupported("/proc/meminfo cannot be read") }
        guard total > 0 else { throw .absent(.memory) }
        return min(total, ControlGroupMembership().memoryBytes() ?? total)
    }

    /// Cores that the kernel schedules on; nil when it does not say.
    static func coresOnline() -> UInt64? {
        guard let text = HostFile.text("/proc/stat") else { return nil }
        let lines = text.split(separator: "\n")
        return UInt64(lines.count { $0.hasPrefix("cpu") && $0.dropFirst(3).first?.isNumber == true })
    }

    /// Cores in this process's affinity mask; nil when the kernel does not say.
    static func coresAllowed() -> UInt64? {
        let lines = (HostFile.text("/proc/self/status") ?? "").split(separator: "\n")
        let mask = lines.first { $0.hasPrefix("Cpus_allowed:") }?.split(separator: "\t").last
        return mask.map { UInt64($0.reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) }) }
    }

    /// A line of `/proc/meminfo` in bytes.
    static func memory(_ name: String) -> UInt64? {
        guard let kibibytes = HostFile.field(name, of: "/proc/meminfo") else { return nil }
        let (bytes, overflow) = kibibytes.multipliedReportingOverflow(by: 1024)
        return overflow ? nil : bytes
    }

    /// A field of the first processor in `/proc/cpuinfo`.
    static func processor(_ name: String) -> String? {
        for line in (HostFile.text("/proc/cpuinfo") ?? "").split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].split(whereSeparator: \.isWhitespace).joined(separator: " ") == name
            else { continue }
            return String(parts[1].drop(while: \.isWhitespace))
        }
        return nil
    }
}
