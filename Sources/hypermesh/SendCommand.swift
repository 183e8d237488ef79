import ArgumentParser
import Foundation
import Node
import STOQ

struct SendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Send a file to a node of the mesh: directly, through relays, or as shards over several nodes.",
        discussion: """
            The receiving node must have an inbox ('hypermesh node inbox'). Every piece is checked against a hash tree. \
            With --via the file goes through relays, which see ciphertext only and sign what they carried; repeat --via \
            to name other routes, which are tried when one breaks. With --chunks the file is cut where its content says: \
            a broken transfer goes on where it was, and what the receiver has of an older file of the same name is not \
            sent again. With --shards K+M the file is sealed under a new key and spread over the nodes so that any K of the K+M \
            shards restore it ('hypermesh fetch'); only who has the object's name with its key can open it.
            """)

    @OptionGroup var options: MeshOptions
    @Argument(help: "The file.") var file: String
    @Argument(help: "Where to: a node's name, number or id; with --shards several, separated by commas.") var to: String
    @Option(name: .long, help: "Relays in their order, separated by commas; repeat for other routes.")
    var via: [String] = []
    @Flag(name: .long, help: "Cut where the content says, resume, and send only what the receiver lacks.")
    var chunks = false
    @Option(name: .long, help: "Average size of a chunk in KiB, 1 to 2048.") var chunkSize: Int = 64
    @Option(name: .long, help: "Data and parity shards, such as 10+4.") var shards: String?

    func validate() throws {
        guard (1...2048).contains(chunkSize) else { throw ValidationError("--chunk-size is 1 to 2048 KiB") }
        guard shards == nil || !chunks else { throw ValidationError("--shards goes without --chunks") }
        if let shards { _ = try SendCommand.counts(shards) }
    }

    func run() async throws {
        try await options.withClient { client in
            let members = try to.split(separator: ",").map {
                try client.description.member(String($0), isRelayed: !via.isEmpty)
            }
            let routes = via.isEmpty ? [[]] : try via.map { try client.description.route($0) }
            let transfers = TransferClient(client, progress: TransferProgress().callback)
            if let shards {
                let (data, parity) = try SendCommand.counts(shards)
                try print(
                    try await transfers.shard(file, over: members, data: data, parity: parity, routes: routes))
                return
            }
            guard let receiver = members.first, members.count == 1 else {
                throw ValidationError("one receiver, or several with --shards")
            }
            let report = try await transfers.send(
                file, to: receiver, cut: chunks ? .byContent(.init(average: chunkSize << 10)) : .fixed,
                routes: routes)
            try print(report)
        }
    }

    private static func counts(_ text: String) throws -> (data: Int, parity: Int) {
        let numbers = text.split(separator: "+", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let data = numbers[0], let parity = numbers[1] else {
            throw ValidationError("--shards is DATA+PARITY, such as 10+4")
        }
        _ = try ReedSolomon(dataShards: data, parityShards: parity)
        return (data, parity)
    }

    private func print(_ report: SendReport) throws {
        if options.output == .json { return try Terminal.printJSON(report) }
        for route in report.failedRoutes {
            Terminal.note("the route over \(route.relays.joined(separator: ", ")) broke: \(route.reason)")
        }
        Terminal.say(
            "sent \(report.bytes) bytes in \(report.pieces) pieces to \(report.receiver) in \(Seconds(.seconds(report.seconds))) s"
        )
        if report.piecesReused > 0 {
            Terminal.say("\(report.piecesReused) pieces (\(report.bytesReused) bytes) were there already")
        }
        for relay in report.relays {
            Terminal.say("\(relay.name) carried \(relay.bytesForward) bytes on and \(relay.bytesBackward) back")
        }
        Terminal.say("content \(report.content)")
    }

    private func print(_ report: ShardReport) throws {
        if options.output == .json { return try Terminal.printJSON(report) }
        for route in report.failedRoutes {
            Terminal.note("the route over \(route.relays.joined(separator: ", ")) broke: \(route.reason)")
        }
        for shard in report.shards { Terminal.say("shard \(shard.index): \(shard.bytes) bytes on \(shard.holder)") }
        Terminal.say(
            "any \(report.dataShards) of \(report.shards.count) shards restore the \(report.bytes) bytes; took "
                + "\(Seconds(.seconds(report.seconds))) s")
        Terminal.say("object \(report.object):\(report.key)")
    }
}
