import ArgumentParser
import Foundation
import Node
import STOQBenchmark

/// Moves data between two processes on this machine and compares with what else there is.
struct BenchSTOQ: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stoq",
        abstract: "Measure sessions between two processes on this machine, beside TCP with TLS 1.3 and bare UDP.",
        discussion: """
            Both ends of a session show FALCON-1024 certificates of a throw-away root. TCP with TLS 1.3 is OpenSSL's \
            libssl in blocking loops, with a P-256 certificate at the server. Bare UDP has neither encryption nor \
            acknowledgements: it is the most that the sockets carry. Medians of the runs.
            """)

    @OptionGroup var options: BenchmarkOptions
    @Option(name: .long, help: "How to print results: text or json.") var output: OutputForm = .text

    func run() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "hypermesh-bench-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(
                at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            defer { try? FileManager.default.removeItem(at: directory) }
            let benchmark = Benchmark(
                plan: options.plan, directory: directory, peer: [ThisProgram.path, "bench", "stoq-peer"],
                progress: { Terminal.note($0) })
            let report = try await benchmark.report()
            if output == .json { return try Terminal.printJSON(report) }
            report.table.forEach(Terminal.say)
        } catch {
            throw Terminal.failure(error)
        }
    }
}
