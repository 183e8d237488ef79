import Foundation

/// The built `conformance` program, run from outside, and the published files to give it.
enum ConformanceProgram {
    struct Run {
        var exitCode: Int32
        var lines: [String]
        var complaint: String

        var summary: String? { lines.last }
    }

    /// Beside the test program where SwiftPM puts it, otherwise in the debug products of the package.
    static let executable: URL? = {
        let package = packageFolder.appendingPathComponent(".build/debug")
        let candidates = [URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath(), package]
            .map { $0.path == package.path ? $0 : $0.deletingLastPathComponent() }
            .map { $0.appendingPathComponent("conformance") }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }()

    private static let packageFolder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A published file; nil and a note when it is not on this machine.
    static func vector(_ name: String) -> String? {
        var folders: [URL] = []
        if let named = ProcessInfo.processInfo.environment["HYPERMESH_VECTORS"] {
            folders.append(URL(fileURLWithPath: named))
        }
        var folder = packageFolder
        while folder.path.count > 1 {
            folder.deleteLastPathComponent()
            folders.append(folder.appendingPathComponent("shared/vectors"))
        }
        let found = folders.map { $0.appendingPathComponent(name).path }
            .first { FileManager.default.fileExists(atPath: $0) }
        if found == nil { print("skipped: vectors not found (\(name))") }
        return found
    }

    /// Runs the program to its end.
    static func run(_ arguments: [String]) throws -> Run {
        guard let executable else { throw CocoaError(.fileNoSuchFile) }
        let process = Process()
        let output = Pipe()
        let folder = try ConformanceFolder()
        let complaints = try folder.file("stderr", "")
        process.executableURL = executable
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: complaints))
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Run(
            exitCode: process.terminationStatus, lines: text.split(separator: "\n").map(String.init),
            complaint: try String(contentsOfFile: complaints, encoding: .utf8))
    }
}

/// A folder for a test's files that goes away with it.
final class ConformanceFolder {
    private let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("conformance-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// Writes a file and returns its path.
    func file(_ name: String, _ text: String) throws -> String {
        let file = url.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        return file.path
    }
}
