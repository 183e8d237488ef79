import ArgumentParser
import Foundation
import Node
import QUIC
import STOQ

/// Moves data between two processes on this machine and compares with what else there is.
struct BenchSTOQ: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stoq",
        abstract: "Measure sessions between two processes on this machine, beside TCP with TLS 1.3 and bare UDP.",
        discussion: """
            Both ends of a session show FALCON-1024 certificates of a throw-away root. TCP with TLS 1.3 is OpenSSL's \
            s_client and s_server with a P-256 certificate. Bare UDP has neither encryption nor acknowledgements: it \
            is the most that the sockets carry. Medians of the runs.
            """)

    @Option(name: .long, help: "Runs of each measurement.") var runs: Int = 3
    @Option(name: .long, help: "Megabytes of bulk data in a run.") var megabytes: Int = 256
    @Option(name: .long, help: "Requests in a run.") var requests: Int = 2000
    @Option(name: .long, help: "Handshakes in a run.") var handshakes: Int = 50
    @Option(name: .long, help: "How to print results: text or json.") var output: OutputForm = .text

    func validate() throws {
        guard runs > 0, megabytes > 0, requests > 0, handshakes > 0 else {
            throw ValidationError("runs, megabytes, requests and handshakes are at least 1")
        }
        guard megabytes <= 65_536, runs <= 1000 else { throw ValidationError("at most 65536 megabytes and 1000 runs") }
    }

    func run() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "hypermesh-bench-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(
                at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            defer { try? FileManager.default.removeItem(at: directory) }
            let report = try await BenchSTOQRun(command: self, directory: directory).report()
            if output == .json { return try Terminal.printJSON(report) }
            report.table.forEach(Terminal.say)
        } catch {
            throw Terminal.failure(error)
        }
    }
}
