import Glibc

/// Where the shared libraries of this process come from: what a sandboxed copy of it needs to start.
enum LoadedLibraries {
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

    /// How bubblewrap shows `/lib` and its like: as the link into `/usr` that they are on merged systems, or as the
    /// directory.
    static func sandboxArguments(forLinkOrDirectory path: String) -> [String] {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { raw in
            raw.baseAddress.map { readlink(path, $0.assumingMemoryBound(to: CChar.self), raw.count) } ?? -1
        }
        guard count > 0 else { return ["--ro-bind-try", path, path] }
        return ["--symlink", String(decoding: buffer.prefix(count), as: UTF8.self), path]
    }
}
