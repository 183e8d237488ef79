import Canonical
import Crypto
import Foundation
import STOQ

/// Sends one file over a stream of its own.
enum FileSending {
    private static let blockBytes = 256 << 10

    /// - Parameter progress: told the bytes taken by the stream, and all.
    /// - Returns: the SHA-256 that both ends agree on.
    static func send(
        _ path: String, over session: Session, progress: (UInt64, UInt64) -> Void
    ) async throws -> Canonical.Digest {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw CopyError.unreadable(path) }
        defer { try? handle.close() }
        let size = try handle.seekToEnd()
        try handle.seek(toOffset: 0)
        let header = FileHeader(name: URL(filePath: path).lastPathComponent, byteCount: size)
        let stream = try await session.openStream()
        try await stream.write(header.encoded)
        var hash = SHA256()
        var sent: UInt64 = 0
        progress(0, size)
        while let block = try handle.read(upToCount: blockBytes), !block.isEmpty {
            hash.update(data: block)
            try await stream.write(Array(block))
            sent += UInt64(block.count)
            progress(sent, size)
        }
        try await stream.write([], finish: true)
        var answer: [UInt8] = []
        for try await bytes in stream { answer += bytes }
        guard answer == Array(hash.finalize()), let digest = Canonical.Digest(bytes: answer) else {
            throw CopyError.otherDigest(header.name)
        }
        return digest
    }
}
