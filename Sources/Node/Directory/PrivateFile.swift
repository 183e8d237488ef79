import Glibc

/// Whole files, written at once and readable by their owner alone where they hold secrets.
package enum PrivateFile {
    /// Replaces the file with `bytes`; a crash leaves the old or the new file.
    package static func write(_ bytes: [UInt8], to path: String, isSecret: Bool = true) throws(NodeError) {
        let temporary = "\(path).new"
        let mode: mode_t = isSecret ? 0o600 : 0o644
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure("make", temporary) }
        defer { close(descriptor) }
        // A leftover of a crash keeps its own mode when it is opened again.
        guard fchmod(descriptor, mode) == 0 else { throw failure("protect", temporary) }
        var written = 0
        while written < bytes.count {
            let put = bytes.withUnsafeBytes { raw in
                raw.baseAddress.map { Glibc.write(descriptor, $0 + written, bytes.count - written) } ?? 0
            }
            guard put > 0 else { throw failure("write", temporary) }
            written += put
        }
        guard fsync(descriptor) == 0 else { throw failure("sync", temporary) }
        guard rename(temporary, path) == 0 else { throw failure("put in place", path) }
    }

    package static func write(_ text: String, to path: String, isSecret: Bool = true) throws(NodeError) {
        try write(Array(text.utf8), to: path, isSecret: isSecret)
    }

    /// The file's bytes; at most `limit` of them.
    package static func read(_ path: String, limit: Int = 64 << 20) throws(NodeError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("inspect", path) }
        guard status.st_size <= limit else {
            throw .file(path: path, problem: "it has \(status.st_size) bytes, more than \(limit)")
        }
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
            while count < buffer.count, let base = buffer.baseAddress {
                let got = Glibc.read(descriptor, base + count, buffer.count - count)
                failed = got < 0
                guard got > 0 else { return }
                count += got
            }
        }
        guard !failed else { throw failure("read", path) }
        return bytes
    }

    package static func readText(_ path: String) throws(NodeError) -> String {
        guard let text = String(validating: try read(path), as: UTF8.self) else {
            throw .file(path: path, problem: "it is not UTF-8 text")
        }
        return text
    }

    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Makes a directory and those above it.
    package static func makeDirectory(_ path: String) throws(NodeError) {
        var prefix = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            prefix += "/\(part)"
            if mkdir(prefix, 0o700) != 0, errno != EEXIST { throw failure("make directory", prefix) }
        }
    }

    private static func failure(_ operation: String, _ path: String) -> NodeError {
        let reason = String(cString: strerror(errno))
        return .file(path: path, problem: "cannot \(operation) it: \(reason)")
    }
}

extension PrivateFile {
    /// Bytes of a file.
    package static func size(_ path: String) throws(NodeError) -> Int {
        var status = stat()
        guard stat(path, &status) == 0 else { throw failure("inspect", path) }
        return Int(status.st_size)
    }

    /// Text of a file of `/proc`, whose size is not known before it is read.
    package static func readProcess(_ path: String) throws(NodeError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let got = Glibc.read(descriptor, &buffer, buffer.count)
            guard got > 0 else { break }
            bytes.append(contentsOf: buffer.prefix(got))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Removes a file that may be gone already.
    package static func removeIfPresent(_ path: String) {
        unlink(path)
    }
}
