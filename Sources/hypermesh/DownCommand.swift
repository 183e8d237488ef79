import ArgumentParser
import Node

struct DownCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "down", abstract: "Stop the nodes of the mesh that run on this machine, and only those.")

    @OptionGroup var options: MeshOptions

    private struct Report: Encodable {
        let stopped: [String]
    }

    func run() async throws {
        do {
            let mesh = try LocalMesh(directory: options.mesh)
            let numbers = await mesh.stop()
            if options.output == .json { return try Terminal.printJSON(Report(stopped: numbers.map { "node-\($0)" })) }
            let names = numbers.map { "node-\($0)" }.joined(separator: ", ")
            Terminal.say(numbers.isEmpty ? "no node was running" : "stopped \(names)")
        } catch {
            throw Terminal.failure(error)
        }
    }
}
