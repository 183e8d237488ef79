import ArgumentParser

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure this machine and mesh.",
        subcommands: [BenchMesh.self, BenchSTOQ.self, BenchSTOQPeer.self])
}
