import ArgumentParser
import Canonical
import Node

struct FetchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Get a file back from the nodes that hold its shards.",
        discussion: "Nodes give shards only to whoever left them. Every shard is checked; enough good ones restore it.")

    @OptionGroup var options: MeshOptions
    @Argument(help: "The object, as 'hypermesh send --shards' names it: 64 hexadecimal digits.") var object: String
    @Argument(help: "Where the file goes.") var path: String
    @Option(name: .long, help: "Nodes to ask, separated by commas; all of the mesh without it.") var from: String?

    func run() async throws {
        try await options.withClient { client in
            guard let id = Digest(hexadecimal: object) else {
                throw ValidationError("an object is named by 64 hexadecimal digits")
            }
            let members =
                try from.map { try $0.split(separator: ",").map { try client.description.member(String($0)) } }
                ?? client.description.nodes
            let transfers = TransferClient(client, progress: TransferProgress().callback)
            let report = try await transfers.fetch(id, from: members, into: path)
            if options.output == .json { return try Terminal.printJSON(report) }
            for loss in report.losses {
                Terminal.note("\(loss.holder)\(loss.index.map { ", shard \($0)" } ?? ""): \(loss.reason)")
            }
            Terminal.say(
                "restored \(report.bytes) bytes to \(report.path) from shards "
                    + report.used.map(String.init).joined(separator: ", "))
        }
    }
}
