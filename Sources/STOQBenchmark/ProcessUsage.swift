import Foundation

/// What Linux says that a process has used.
package struct ProcessUsage {
    /// Processor time of all its threads, seconds.
    package var processorSeconds: Double
    /// Resident memory, bytes.
    package var residentBytes: Int

    package init(of process: Int32) throws {
        let stat = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        // The name in parentheses may hold anything; the fields after it are numbers.
        let fields = (stat.split(separator: ")").last ?? "").split(separator: " ")
        let memory = try String(contentsOfFile: "/proc/\(process)/statm", encoding: .utf8).split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]), memory.count > 1,
            let pages = Int(memory[1])
        else { throw BenchmarkError.failed("/proc/\(process) is not as expected") }
        processorSeconds = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
        residentBytes = pages * sysconf(Int32(_SC_PAGESIZE))
    }
}
