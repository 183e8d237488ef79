import Foundation
import Julia

/// Runs each program of a folder on the Julia machine and its namesake in Python, and prints seconds of both.
///
///     julia-benchmark Benchmarks/julia/programs
@main
struct JuliaBenchmark {
    static func main() throws {
        let folder = URL(fileURLWithPath: CommandLine.arguments.dropFirst().first ?? "Benchmarks/julia/programs")
        let empty = try JuliaProgram(source: [("empty.jl", [])])
        print("start-up, first (parses the prelude): \(seconds { _ = empty.run(limits: JuliaLimits()) }) s")
        print("start-up, later: \(seconds { _ = empty.run(limits: JuliaLimits()) }) s")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".jl") }
        for name in files.sorted() {
            let file = folder.appendingPathComponent(name)
            let program = try JuliaProgram(source: [(name, Array(try Data(contentsOf: file)))])
            var text = ""
            let own = seconds {
                switch program.run(limits: JuliaLimits(fuel: 1 << 40, heapBytes: 1 << 30)).result {
                case .success(let result): text = result.text
                case .failure(let failure): text = failure.description
                }
            }
            let peer = try python(file.deletingPathExtension().appendingPathExtension("py"))
            print("\(name): \(own) s, answer \(text); CPython \(peer)")
        }
    }

    private static func seconds(_ body: () -> Void) -> Double {
        let clock = ContinuousClock()
        let duration = clock.measure(body)
        return (duration / .milliseconds(1)).rounded() / 1000
    }

    /// The peer prints its own seconds (without the start of the interpreter) and its answer.
    private static func python(_ file: URL) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
