import Glibc
import STOQ

/// A file that is written in places and becomes visible at once.
final class PlacedFile: Sendable {
    private let descriptor: Int32
    let path: String

    /// Opens or makes the file; what it holds already stays.
    init(_ path: String) throws(STOQError) {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw PlacedFile.failure("open", path) }
    }

    deinit {
        close(descriptor)
    }

    /// Writes all bytes at an offset.
    func write(_ bytes: [UInt8], at offset: UInt64) throws(STOQError) {
        guard let start = off_t(exactly: offset) else { throw .transfer(.file(path: path, problem: "it is too large")) }
        var written = 0
        while written < bytes.count {
            let put = bytes.withUnsafeBytes { raw in
                raw.baseAddress.map { pwrite(descriptor, $0 + written, bytes.count - written, start + off_t(written)) }
                    ?? 0
            }
            guard put > 0 else { throw PlacedFile.failure("write", path) }
            written += put
        }
    }

    /// Exactly `count` bytes; nil when they are not there.
    func read(at offset: UInt64, count: Int) -> [UInt8]? {
        guard let start = off_t(exactly: offset) else { return nil }
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count, let base = buffer.baseAddress {
                let got = pread(descriptor, base + filled, count - filled, start + off_t(filled))
                guard got > 0 else { return }
                filled += got
            }
        }
        return bytes.count == count ? bytes : nil
    }

    /// Cuts or lengthens the file to `size`, makes it durable and gives it its name.
    func commit(size: UInt64, as name: String) throws(STOQError) {
        guard let end = off_t(exactly: size), ftruncate(descriptor, end) == 0 else {
            throw PlacedFile.failure("cut", path)
        }
        guard fsync(descriptor) == 0 else { throw PlacedFile.failure("sync", path) }
        guard rename(path, name) == 0 else { throw PlacedFile.failure("put in place", name) }
        let folder = open(String(name.prefix(upTo: name.lastIndex(of: "/") ?? name.startIndex)), O_RDONLY | O_DIRECTORY)
        guard folder >= 0 else { throw PlacedFile.failure("open the directory of", name) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw PlacedFile.failure("sync the directory of", name) }
    }

    static func failure(_ operation: String, _ path: String) -> STOQError {
        .transfer(.file(path: path, problem: "cannot \(operation) it: \(String(cString: strerror(errno)))"))
    }
}
