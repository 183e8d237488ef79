/// The host's processors, as far as this process may use them.
package enum HostProcessor {
    /// Thousandths of a core: cores that are on line, less where a control group allows less.
    package static func capacityMillicores() throws(AdapterError) -> UInt64 {
        let path = "/proc/stat"
        guard let text = HostFile.text(path) else { throw .unreadable(path: path, reason: "cannot be read") }
        let cores = text.split(separator: "\n").count { $0.hasPrefix("cpu") && $0.dropFirst(3).first != " " }
        guard cores > 0 else { throw .unreadable(path: path, reason: "it names no processor") }
        let available = UInt64(cores) * 1000
        return min(available, ControlGroup.processorQuotaMillicores() ?? available)
    }
}

/// The host's memory, as far as this process may use it.
package enum HostMemory {
    /// Bytes: what the kernel manages, less where a control group allows less.
    package static func capacityBytes() throws(AdapterError) -> UInt64 {
        let path = "/proc/meminfo"
        guard let text = HostFile.text(path) else { throw .unreadable(path: path, reason: "cannot be read") }
        let line = text.split(separator: "\n").first { $0.hasPrefix("MemTotal:") }
        guard let kibibytes = line?.split(separator: " ").dropFirst().first.flatMap({ UInt64($0) }) else {
            throw .unreadable(path: path, reason: "it has no MemTotal")
        }
        let total = kibibytes << 10
        return min(total, ControlGroup.memoryLimitBytes() ?? total)
    }
}
