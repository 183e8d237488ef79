import Foundation

/// An example under way, with what it writes.
final class RunningExample {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let process = Process()
    private let pipe = Pipe()

    init(_ name: String, _ arguments: [String]) throws {
        guard let program = Self.program(name) else { throw Failure(description: "\(name) is not built") }
        process.executableURL = program
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
    }

    /// Beside the test program, where SwiftPM puts it, otherwise in the debug products of the package.
    private static func program(_ name: String) -> URL? {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: ".build/debug")
        let beside = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        return [beside, package].map { $0.appending(path: name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path()) }
    }

    /// The first line of a server: its address and its name.
    func greeting() throws -> (address: String, name: String) {
        var line = Data()
        while let byte = try pipe.fileHandleForReading.read(upToCount: 1), byte != Data("\n".utf8) { line += byte }
        let words = String(decoding: line, as: UTF8.self).split(separator: " ").map(String.init)
        guard words.count == 2 else { throw Failure(description: "no address and name, but \(words)") }
        return (words[0], words[1])
    }

    /// All that it writes until it ends.
    func output() -> String {
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    func end() {
        process.terminate()
        process.waitUntilExit()
    }
}
