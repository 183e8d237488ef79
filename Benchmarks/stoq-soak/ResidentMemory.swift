import Foundation

/// The process's memory as the kernel counts it.
enum ResidentMemory {
    /// Resident bytes; 0 when the kernel does not tell.
    static var bytes: Int {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        let words = text.split(separator: " ")
        return words.count > 1 ? (Int(words[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE)) : 0
    }
}
