import ArgumentParser
import Foundation
import Logging
import Node
import STOQ
import STOQBenchmark

/// Orders 256-byte operations among four replica processes: the same chain, logs and transport as a mesh node's, without
/// signatures, proofs and state of operations. `run.sh` sets it beside a whole mesh and etcd.
@main
struct AgreementBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agreement-benchmark", subcommands: [Measure.self, RunReplica.self],
        defaultSubcommand: Measure.self)

    struct RunReplica: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "replica", abstract: "One of the replicas.", shouldDisplay: false)

        @Option var directory: String

        func run() async throws {
            LoggingSystem.bootstrap { label in
                var handler = StreamLogHandler.standardError(label: label)
                handler.logLevel = .warning
                return handler
            }
            let logger = Logger(label: "replica")
            let replica = try Replica(directory: NodeDirectory(path: directory), logger: logger, OrderedBytes.init)
            await replica.run(ServiceHost(logger: logger))
        }
    }

    struct Measure: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "measure", abstract: "Start four replicas, measure, print one line of JSON.")

        @Option(help: "Operations one after another, for the delay.") var latencyCount = 200
        @Option(help: "Operations in all, for the throughput.") var throughputCount = 10_000
        @Option(help: "Operations under way at a time.") var clients = 64

        func run() async throws {
            let folder = FileManager.default.temporaryDirectory.appending(path: "agreement-\(getpid())")
            defer { try? FileManager.default.removeItem(at: folder) }
            let directory = MeshDirectory(path: folder.path)
            var plan = MeshFounder.Plan()
            plan.plotDepth = 8
            let description = try await MeshFounder(directory: directory, plan: plan).found { _ in }
            let replicas = try (1...description.nodes.count).map { try start(directory.node($0)) }
            defer { for replica in replicas { replica.terminate() } }
            let client = try MeshClient(directory: directory, logger: Logger(label: "client"))
            try await warmUp(client)
            let report = try await measure(client, replicas)
            await client.close()
            print(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
        }

        private func start(_ directory: NodeDirectory) throws -> Process {
            let process = Process()
            process.executableURL = Bundle.main.executableURL
            process.arguments = ["replica", "--directory", directory.path]
            try process.run()
            return process
        }

        private func warmUp(_ client: MeshClient) async throws {
            let deadline = ContinuousClock.now + .seconds(20)
            while true {
                do {
                    _ = try await client.settle(operation(UInt64.max), deadline: .seconds(5))
                    return
                } catch {
                    guard ContinuousClock.now < deadline else { throw error }
                    try await Task.sleep(for: .milliseconds(100))
                }
            }
        }

        private func measure(_ client: MeshClient, _ replicas: [Process]) async throws -> Report {
            let alone = try await client.settle(prepared: (0..<latencyCount).map { operation(UInt64($0)) }, width: 1)
            let operations = (latencyCount..<latencyCount + throughputCount).map { operation(UInt64($0)) }
            let before = try replicas.map(processorSeconds).reduce(0, +)
            let start = ContinuousClock.now
            let loaded = try await client.settle(prepared: operations, width: clients)
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            let processor = try replicas.map(processorSeconds).reduce(0, +) - before
            return Report(
                alone: Report.Delays(alone), loaded: Report.Delays(loaded),
                operationsPerSecond: Double(throughputCount) / seconds,
                processorMicrosecondsPerOperation: processor * 1e6 / Double(throughputCount))
        }

        private func operation(_ number: UInt64) -> [UInt8] {
            withUnsafeBytes(of: number) { Array($0) } + [UInt8](repeating: 0x2e, count: 248)
        }

        private func processorSeconds(_ process: Process) throws -> Double {
            try ProcessUsage(of: process.processIdentifier).processorSeconds
        }
    }

    struct Report: Encodable {
        struct Delays: Encodable {
            let millisecondsP50: Double
            let millisecondsP99: Double

            init(_ delays: [Duration]) {
                let sorted = delays.map { $0 / .milliseconds(1) }.sorted()
                millisecondsP50 = sorted[sorted.count / 2]
                millisecondsP99 = sorted[sorted.count * 99 / 100]
            }
        }

        let alone: Delays
        let loaded: Delays
        let operationsPerSecond: Double
        let processorMicrosecondsPerOperation: Double
    }
}
