import Adapters
import ArgumentParser

struct VMCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vm", abstract: "Run one job from standard input; started by nodes, not by people.",
        shouldDisplay: false)

    @Option(name: .long, help: "Bytes of memory that this process may use.")
    var memory: UInt64

    func run() throws {
        throw ExitCode(VMServer.serve(memoryBytes: memory))
    }
}
