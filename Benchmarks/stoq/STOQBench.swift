import ArgumentParser
import CAllocationCount
import Foundation
import STOQBenchmark

/// Measures STOQ beside TCP with TLS 1.3 and bare UDP: `hypermesh bench stoq` without the rest of the mesh, with calls of
/// the memory allocator counted.
@main
struct STOQBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "stoq-bench")

    @OptionGroup var options: BenchmarkOptions
    @Flag(name: .long, help: "Print JSON.") var json = false
    @Option(name: .customLong("peer-directory"), help: .hidden) var peerDirectory: String?

    func run() async throws {
        if let peerDirectory { return try await BenchmarkPeer(directory: URL(filePath: peerDirectory)).run() }
        let directory = FileManager.default.temporaryDirectory.appending(path: "stoq-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: directory) }
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let benchmark = Benchmark(
            plan: options.plan, directory: directory, peer: [program, "--peer-directory"],
            allocations: { hm_allocation_count() },
            progress: { FileHandle.standardError.write(Data("\($0)\n".utf8)) })
        let report = try await benchmark.report()
        guard json else { return report.table.forEach { print($0) } }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        print(String(decoding: try encoder.encode(report), as: UTF8.self))
    }
}
