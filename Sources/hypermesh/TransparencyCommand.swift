import ArgumentParser
import Canonical
import Node

struct TransparencyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ct", abstract: "Look at the certificate log (RFC 6962) whose head the ledger carries.",
        subcommands: [Root.self], defaultSubcommand: Root.self)

    struct Root: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "root", abstract: "Show the size and Merkle root of the certificate log.")

        @OptionGroup var options: MeshOptions

        private struct Report: Encodable {
            let height: UInt64
            let size: UInt64
            let root: String
        }

        func run() async throws {
            let log = try await options.withClient { try await $0.certificateLog() }
            let report = Report(height: log.height, size: log.size, root: log.root.description)
            if options.output == .json { return try Terminal.printJSON(report) }
            Terminal.say("certificate log at height \(report.height): \(report.size) entries, root \(report.root)")
        }
    }
}
