import Foundation
import Glibc

/// A program that is the other end, ended with this value; it writes to a file.
final class ProgramPeer {
    private let process = Process()
    private let file: URL

    static func path(of name: String) -> String? {
        ["/usr/bin/", "/usr/sbin/"].map { $0 + name }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    init(_ program: String, _ arguments: [String], in folder: URL) throws {
        file = folder.appendingPathComponent("output-\(UUID().uuidString)")
        FileManager.default.createFile(atPath: file.path, contents: nil)
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        let output = try FileHandle(forWritingTo: file)
        process.standardOutput = output
        process.standardError = output
        try process.run()
    }

    deinit {
        // It inherits the blocked signals of the thread that started it, SIGTERM among them.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    var isRunning: Bool { process.isRunning }
    var output: String { (try? String(contentsOf: file, encoding: .utf8)) ?? "" }
}

/// A folder that goes with this value.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("quic-interop-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }
}
