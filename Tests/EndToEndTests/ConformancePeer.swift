import Foundation

/// A process that says its port in the first line that it writes, or that ends by itself: `conformance quic-transfer
/// server`, or the aioquic peer.
final class ConformancePeer {
    private static let packageFolder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let python = packageFolder.appendingPathComponent(".venv/bin/python")

    /// Whether the Python environment of the tests has aioquic.
    static let hasAioquic: Bool = {
        let library = packageFolder.appendingPathComponent(".venv/lib")
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: library.path)) ?? []
        return versions.contains {
            FileManager.default.fileExists(
                atPath: library.appendingPathComponent("\($0)/site-packages/aioquic").path)
        }
    }()

    private let process = Process()
    private let output = Pipe()
    private let complaints = Pipe()
    private var log = ""

    init(_ executable: URL, _ arguments: [String]) throws {
        process.executableURL = executable
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = complaints
        try process.run()
    }

    convenience init(conformance arguments: [String]) throws {
        guard let executable = ConformanceProgram.executable else { throw CocoaError(.fileNoSuchFile) }
        try self.init(executable, arguments)
    }

    convenience init(aioquic arguments: [String]) throws {
        try self.init(Self.python, ["-c", AioquicScript.text] + arguments)
    }

    deinit {
        if process.isRunning { process.terminate() }
    }

    /// The port at the end of the first line on standard error.
    func port() throws -> String {
        var line: [UInt8] = []
        while let byte = try complaints.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
            line.append(byte)
        }
        let text = String(decoding: line, as: UTF8.self)
        guard let port = text.split(separator: ":").last, UInt16(port) != nil else {
            throw CocoaError(.fileReadCorruptFile, userInfo: [NSLocalizedDescriptionKey: text])
        }
        return String(port)
    }

    func stop() {
        process.terminate()
    }

    /// Waits for the end.
    func finish() -> ConformanceProgram.Run {
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaint = String(decoding: complaints.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return ConformanceProgram.Run(
            exitCode: process.terminationStatus, lines: text.split(separator: "\n").map(String.init),
            complaint: complaint)
    }
}
