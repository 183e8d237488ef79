import Canonical
import Crypto
import Foundation
import QUIC
import STOQ

/// A file that arrived whole.
struct FileReceipt {
    let name: String
    let byteCount: UInt64
    let digest: Canonical.Digest

    /// Writes a stream into a file of the folder, under its own name once all of it is there, and answers with its
    /// SHA-256.
    static func take(_ stream: STOQStream, into folder: String) async throws -> FileReceipt {
        var bytes: [UInt8] = []
        while try FileHeader.read(bytes) == nil, let more = try await stream.read() { bytes += more }
        guard let (header, length) = try FileHeader.read(bytes) else { throw CopyError.badHeader }
        let place = URL(filePath: folder).appending(path: header.name)
        let partial = place.appendingPathExtension("part-\(stream.id.rawValue)")
        guard FileManager.default.createFile(atPath: partial.path(), contents: nil),
            let handle = FileHandle(forWritingAtPath: partial.path())
        else { throw CopyError.badName(header.name) }
        defer {
            try? handle.close()
            try? FileManager.default.removeItem(at: partial)
        }
        var hash = SHA256()
        var count: UInt64 = 0
        var block: [UInt8]? = Array(bytes[length...])
        while let next = block {
            hash.update(data: next)
            try handle.write(contentsOf: next)
            count += UInt64(next.count)
            block = try await stream.read()
        }
        guard count == header.byteCount, let digest = Canonical.Digest(bytes: Array(hash.finalize())) else {
            throw CopyError.shorterThanTold(header.name)
        }
        _ = try? FileManager.default.removeItem(at: place)
        try FileManager.default.moveItem(at: partial, to: place)
        try await stream.write(digest.bytes, finish: true)
        return FileReceipt(name: header.name, byteCount: count, digest: digest)
    }
}
