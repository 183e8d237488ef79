import ArgumentParser
import Canonical
import Catalog
import Foundation
import Julia
import Ledger
import Node

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Publish a Julia program and run it on the mesh.",
        discussion: """
            The program's function `main` is called with the arguments. Providers that the ledger assigns run it, each by \
            itself, in a sandbox; when a majority agrees on the result they are paid from what you set aside.
            """)

    @OptionGroup var options: MeshOptions

    @Argument(help: "Julia source file.")
    var file: String

    @Option(name: .long, help: "A Julia literal, passed to main; repeat for more.")
    var argument: [String] = []

    @Option(name: .long, help: "Most fuel that each provider may burn.")
    var fuel: UInt64 = 1_000_000_000

    @Option(name: .long, help: "Most bytes that the program's values may take.")
    var memory: UInt64 = 256 << 20

    @Option(name: .long, help: "How many providers run it.")
    var replicas: UInt8 = 3

    @Option(name: .long, help: "CAES that the run may cost at most.")
    var price: String = "2"

    @Option(name: .long, help: "CAES for one unit of fuel.")
    var fuelPrice: String = "0.000000002"

    func run() async throws {
        let source: [UInt8]
        do {
            source = try PrivateFile.read(file)
        } catch {
            throw Terminal.failure(error)
        }
        try checkSyntax(source)
        let report = try await options.withClient { client in
            try await JobSubmission(client: client, progress: { Terminal.note($0) }).run(try order(source))
        }
        if options.output == .json { try Terminal.printJSON(report.json) } else { Terminal.say(report.text) }
        guard report.isValue else { throw ExitCode(1) }
    }

    /// A program that no node would accept costs nothing: it is refused here, with the place of the fault.
    private func checkSyntax(_ source: [UInt8]) throws {
        do throws(JuliaError) {
            _ = try JuliaProgram(source: [(name: file, text: source)])
        } catch {
            throw Terminal.failure(error)
        }
    }

    private func order(_ source: [UInt8]) throws -> JobSubmission.Order {
        guard let text = String(validating: source, as: UTF8.self) else {
            throw NodeError.file(path: file, problem: "it is not UTF-8 text")
        }
        let name = URL(filePath: file).lastPathComponent
        return JobSubmission.Order(
            name: name, source: text, arguments: argument, fuel: fuel, memoryBytes: memory, replicas: replicas,
            pricePerFuel: try Amount(parsing: fuelPrice), priceMax: try Amount(parsing: price))
    }
}
