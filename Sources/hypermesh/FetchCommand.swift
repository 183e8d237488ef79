import ArgumentParser
import Foundation
import Node

struct FetchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Get a file back from the nodes that hold its shards.",
        discussion: "Nodes give shards only to whoever left them. Every shard is checked; enough good ones restore it.")

    @OptionGroup var options: MeshOptions
    @Argument(help: "The object as 'hypermesh send --shards' names it, OBJECT:KEY; or a file that holds this.")
    var object: String
    @Argument(help: "Where the file goes.") var path: String
    @Option(name: .long, help: "Relays in their order, separated by commas; repeat for other routes.")
    var via: [String] = []
    @Option(name: .long, help: "Nodes to ask, separated by commas; all of the mesh without it.") var from: String?

    func run() async throws {
        try await options.withClient { client in
            let name = try name()
            let members =
                try from.map {
                    try $0.split(separator: ",").map {
                        try client.description.member(String($0), isRelayed: !via.isEmpty)
                    }
                } ?? client.description.nodes
            let routes = via.isEmpty ? [[]] : try via.map { try client.description.route($0) }
            let transfers = TransferClient(client, progress: TransferProgress().callback)
            let report = try await transfers.fetch(name, from: members, into: path, routes: routes)
            if options.output == .json { return try Terminal.printJSON(report) }
            for loss in report.losses {
                Terminal.note("\(loss.holder)\(loss.index.map { ", shard \($0)" } ?? ""): \(loss.reason)")
            }
            Terminal.say(
                "restored \(report.bytes) bytes to \(report.path) from shards "
                    + report.used.map(String.init).joined(separator: ", "))
        }
    }

    /// The name itself, or what a file of that name holds: then it stays out of the list of processes.
    private func name() throws -> ObjectName {
        let text =
            PrivateFile.exists(object)
            ? try PrivateFile.readText(object).trimmingCharacters(in: .whitespacesAndNewlines) : object
        guard let name = ObjectName(text) else {
            throw ValidationError("an object is named OBJECT:KEY, each of 64 hexadecimal digits")
        }
        return name
    }
}
