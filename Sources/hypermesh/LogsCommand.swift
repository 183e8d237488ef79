import ArgumentParser
import Foundation
import Node

struct LogsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "logs", abstract: "Print what a node says.")

    @OptionGroup var options: MeshOptions

    @Argument(help: "Number of the node, from 1.")
    var node: Int = 1

    @Option(name: .long, help: "How many of the last lines.")
    var lines: Int = 50

    @Flag(name: .long, help: "Go on as the node says more.")
    var follow = false

    func run() async throws {
        do {
            let path = options.mesh.node(node).log
            var text = try PrivateFile.readText(path)
            let last = text.split(separator: "\n", omittingEmptySubsequences: false).suffix(max(lines, 0) + 1)
            Terminal.say(last.joined(separator: "\n"))
            while follow {
                try await Task.sleep(for: .milliseconds(300))
                let now = try PrivateFile.readText(path)
                if now.utf8.count > text.utf8.count {
                    FileHandle.standardOutput.write(Data(now.utf8.dropFirst(text.utf8.count)))
                }
                text = now
            }
        } catch {
            throw Terminal.failure(error)
        }
    }
}
