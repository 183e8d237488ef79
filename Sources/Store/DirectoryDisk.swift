import Glibc

/// Files of one directory, which this process holds alone.
///
/// Not synchronized: the one log that owns it is used by one thread at a time.
package final class DirectoryDisk: Disk, @unchecked Sendable {
    private let path: String
    private let lockDescriptor: Int32
    private var descriptors: [String: Int32] = [:]

    /// Opens the directory, making it when it is missing, and locks it against other processes.
    package init(path: String) throws(StoreError) {
        self.path = path
        if mkdir(path, 0o700) != 0, errno != EEXIST {
            throw .system(operation: "make directory", path: path, errno: errno)
        }
        let lockPath = "\(path)/lock"
        lockDescriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lockDescriptor >= 0 else { throw .system(operation: "open", path: lockPath, errno: errno) }
        guard flock(lockDescriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(lockDescriptor)
            throw .locked(path: path)
        }
    }

    deinit {
        for descriptor in descriptors.values { close(descriptor) }
        close(lockDescriptor)
    }

    package func fileNames() throws(StoreError) -> [String] {
        guard let directory = opendir(path) else { throw failure("list", "") }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix("."), name != "lock", !name.hasSuffix(".new") { names.append(name) }
        }
        return names.sorted()
    }

    package func read(_ name: String) throws(StoreError) -> [UInt8] {
        let descriptor = try opened(name)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("inspect", name) }
        return try read(name, at: 0, count: Int(status.st_size))
    }

    package func read(_ name: String, at offset: Int, count: Int) throws(StoreError) -> [UInt8] {
        let descriptor = try opened(name)
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: max(count, 0)) { buffer, filled in
            while filled < count, let base = buffer.baseAddress {
                let got = pread(descriptor, base + filled, count - filled, off_t(offset + filled))
                if got < 0, errno == EINTR { continue }
                failed = got < 0
                guard got > 0 else { return }
                filled += got
            }
        }
        guard !failed else { throw failure("read", name) }
        return bytes
    }

    package func create(_ name: String, size: Int) throws(StoreError) {
        let descriptor = open("\(path)/\(name)", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("create", name) }
        if let old = descriptors.updateValue(descriptor, forKey: name) { close(old) }
        let refusal = size > 0 ? posix_fallocate(descriptor, 0, off_t(size)) : 0
        guard refusal == 0 else {
            throw .system(operation: "allocate", path: "\(path)/\(name)", errno: refusal)
        }
        guard fsync(descriptor) == 0 else { throw failure("sync", name) }
        try syncDirectory()
    }

    package func write(_ name: String, at offset: Int, _ bytes: [UInt8]) throws(StoreError) {
        let descriptor = try opened(name)
        var written = 0
        while written < bytes.count {
            let put = bytes.withUnsafeBytes { raw in
                raw.baseAddress.map { pwrite(descriptor, $0 + written, bytes.count - written, off_t(offset + written)) }
                    ?? 0
            }
            if put < 0, errno == EINTR { continue }
            guard put > 0 else { throw failure("write", name) }
            written += put
        }
    }

    package func sync(_ name: String) throws(StoreError) {
        guard fdatasync(try opened(name)) == 0 else { throw failure("sync", name) }
    }

    package func replace(_ name: String, with bytes: [UInt8]) throws(StoreError) {
        let temporary = "\(name).new"
        try create(temporary, size: 0)
        try write(temporary, at: 0, bytes)
        try sync(temporary)
        closeDescriptor(temporary)
        closeDescriptor(name)
        guard rename("\(path)/\(temporary)", "\(path)/\(name)") == 0 else { throw failure("replace", name) }
        try syncDirectory()
    }

    package func remove(_ name: String) throws(StoreError) {
        closeDescriptor(name)
        guard unlink("\(path)/\(name)") == 0 else { throw failure("remove", name) }
    }

    private func opened(_ name: String) throws(StoreError) -> Int32 {
        if let descriptor = descriptors[name] { return descriptor }
        let descriptor = open("\(path)/\(name)", O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", name) }
        descriptors[name] = descriptor
        return descriptor
    }

    private func closeDescriptor(_ name: String) {
        if let descriptor = descriptors.removeValue(forKey: name) { close(descriptor) }
    }

    private func syncDirectory() throws(StoreError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", "") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("sync", "") }
    }

    private func failure(_ operation: String, _ name: String) -> StoreError {
        .system(operation: operation, path: name.isEmpty ? path : "\(path)/\(name)", errno: errno)
    }
}
