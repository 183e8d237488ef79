import Foundation

/// The built `hypermesh` program, run from outside.
enum HypermeshProgram {
    struct Run {
        let exitCode: Int32
        let output: String
        let complaint: String

        /// The output as one JSON value.
        func json<Value: Decodable>(_: Value.Type = Value.self) throws -> Value {
            try JSONDecoder().decode(Value.self, from: Data(output.utf8))
        }
    }

    enum Failure: Error, CustomStringConvertible {
        case notBuilt
        case cannotStart(errno: Int32)
        case tookTooLong([String], complaint: String)
        case failed([String], exitCode: Int32, complaint: String)

        var description: String {
            switch self {
            case .notBuilt: "the program hypermesh is not built"
            case .cannotStart(let errno): "hypermesh does not start: errno \(errno)"
            case .tookTooLong(let arguments, let complaint): "hypermesh \(arguments) took too long: \(complaint)"
            case .failed(let arguments, let code, let complaint):
                "hypermesh \(arguments) ended with \(code): \(complaint)"
            }
        }
    }

    /// Beside the test program where SwiftPM puts it, otherwise in the debug products of the package.
    static let executable: String? = {
        let package = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let beside = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let candidates = [beside, package.appendingPathComponent(".build/debug")]
            .map { $0.appendingPathComponent("hypermesh").path }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// Runs the program to its end, at most `seconds` long, with no signal blocked and its output in files.
    static func run(_ arguments: [String], seconds: Int = 120) async throws -> Run {
        guard let executable else { throw Failure.notBuilt }
        let folder = try ConformanceFolder()
        let output = try folder.file("stdout", "")
        let complaints = try folder.file("stderr", "")
        let child = try ChildProcess(executable, arguments, output: output, errors: complaints)
        guard let code = await child.exitCode(within: .seconds(seconds)) else {
            throw Failure.tookTooLong(arguments, complaint: try String(contentsOfFile: complaints, encoding: .utf8))
        }
        return Run(
            exitCode: code, output: try String(contentsOfFile: output, encoding: .utf8),
            complaint: try String(contentsOfFile: complaints, encoding: .utf8))
    }
}
