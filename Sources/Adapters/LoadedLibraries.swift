/// Where the shared libraries of this process come from: what a sandboxed copy of it needs to start.
enum LoadedLibraries {
    /// Where a program looks for its loader, by the rules of each architecture. Mostly a link, and bound as a file
    /// because what a link points to would be missing.
    static let loaders = ["/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1"]

    /// Directories of the libraries, each once, in ascending order.
    static func directories() -> [String] {
        let lines = (HostFile.text("/proc/self/maps") ?? "").split(separator: "\n")
        let paths = lines.compactMap { line -> Substring? in
            guard let start = line.firstIndex(of: "/") else { return nil }
            let path = line[start...]
            return path.contains(".so") ? path : nil
        }
        let folders = paths.compactMap { path in path.lastIndex(of: "/").map { String(path[..<$0]) } }
        return Set(folders).sorted()
    }
}
