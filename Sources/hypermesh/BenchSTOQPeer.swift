import ArgumentParser
import Foundation
import STOQBenchmark

/// The other process of `bench stoq`.
struct BenchSTOQPeer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stoq-peer", abstract: "The other end of 'bench stoq'.", shouldDisplay: false)

    @Argument var directory: String

    func run() async throws {
        try await BenchmarkPeer(directory: URL(filePath: directory)).run()
    }
}
