package import Satchel

/// What this host has, as far as this process may use it.
package enum HostCapacity {
    /// Thousandths of a core: cores on line, less where a control group allows less.
    package static func processorMillicores() throws(AdapterError) -> UInt64 {
        guard let text = HostFile.text("/proc/stat") else { throw .unsupported("/proc/stat cannot be read") }
        let cores = text.split(separator: "\n").count { $0.hasPrefix("cpu") && $0.dropFirst(3).first != " " }
        guard cores > 0 else { throw .absent(.cpu) }
        let available = UInt64(cores) * 1000
        return min(available, ControlGroup.processorQuotaMillicores() ?? available)
    }

    /// Bytes: what the kernel manages, less where a control group allows less.
    package static func memoryBytes() throws(AdapterError) -> UInt64 {
        guard let text = HostFile.text("/proc/meminfo") else { throw .unsupported("/proc/meminfo cannot be read") }
        let line = text.split(separator: "\n").first { $0.hasPrefix("MemTotal:") }
        guard let kibibytes = line?.split(separator: " ").dropFirst().first.flatMap({ UInt64($0) }) else {
            throw .absent(.memory)
        }
        let total = kibibytes << 10
        return min(total, ControlGroup.memoryLimitBytes() ?? total)
    }
}
