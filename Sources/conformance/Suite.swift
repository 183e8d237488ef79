import ArgumentParser
import FoundationEssentials
import Glibc

/// What the runs have in common: reading a bounded file, and ending with the summary or the reason for having none.
enum Suite {
    /// Larger than every published file by far.
    private static let fileBytesMax = 256 << 20

    /// Runs a suite, prints its summary, and ends with its exit code: 2 when the input is unusable.
    static func run(_ body: () async throws -> Tally) async throws {
        let tally: Tally
        do {
            tally = try await body()
        } catch let error as ConformanceError {
            let message = Array("conformance: \(error)\n".utf8)
            write(STDERR_FILENO, message, message.count)
            throw ExitCode(2)
        }
        print(tally.summary)
        throw tally.exitCode
    }

    static func contents(of path: String) throws(ConformanceError) -> Data {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable(path: path, reason: "not a regular file") }
        guard status.st_size <= fileBytesMax else {
            throw .tooLarge(path: path, byteCount: Int(status.st_size), limit: fileBytesMax)
        }
        do {
            return try Data(contentsOf: URL(filePath: path))
        } catch {
            throw .unreadable(path: path, reason: "\(error)")
        }
    }
}
