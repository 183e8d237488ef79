import ArgumentParser
import Canonical
import Ledger
import Node

/// Sends transfers as fast as they become final and reports what was measured.
struct BenchMesh: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mesh",
        abstract: "Measure finality and throughput of the running mesh, with all four proofs and signatures on.",
        discussion: "Sends transfers of 1 atto with a memo that makes each operation 256 bytes, to the first node.")

    @OptionGroup var options: MeshOptions
    @Option(name: .long, help: "Operations to send one after another, for the delay.") var latencyCount: Int = 50
    @Option(name: .long, help: "Operations to send at once, for the throughput.") var throughputCount: Int = 1000

    struct Report: Encodable {
        let latencyMillisecondsP50: Double
        let latencyMillisecondsP99: Double
        let operationsPerSecond: Double
        let processorMicrosecondsPerOperation: Double
        let operations: Int
    }

    func run() async throws {
        let report = try await options.withClient { client in
            let bench = MeshBenchmark(client: client, mesh: try LocalMesh(directory: options.mesh))
            let delays = try await bench.delays(count: max(latencyCount, 1))
            let flood = try await bench.flood(count: max(throughputCount, 1))
            return Report(
                latencyMillisecondsP50: delays[delays.count / 2],
                latencyMillisecondsP99: delays[delays.count * 99 / 100],
                operationsPerSecond: flood.perSecond,
                processorMicrosecondsPerOperation: flood.processorMicroseconds, operations: flood.count)
        }
        if options.output == .json { return try Terminal.printJSON(report) }
        Terminal.say("finality    p50 \(report.latencyMillisecondsP50) ms, p99 \(report.latencyMillisecondsP99) ms")
        Terminal.say(
            "throughput  \(report.operationsPerSecond) operations/s, \(report.processorMicrosecondsPerOperation) µs of "
                + "processor an operation over all nodes (\(report.operations) operations)")
    }
}

/// The measuring itself.
struct MeshBenchmark {
    let client: MeshClient
    let mesh: LocalMesh

    /// Milliseconds from making an operation to its finality, ascending.
    func delays(count: Int) async throws -> [Double] {
        var delays: [Double] = []
        for _ in 0..<count {
            let start = ContinuousClock.now
            _ = try await client.submit(operation)
            delays.append(rounded(Seconds(ContinuousClock.now - start).value * 1000))
        }
        return delays.sorted()
    }

    /// Sends many operations at once and waits until the last is final.
    func flood(count: Int) async throws -> (perSecond: Double, processorMicroseconds: Double, count: Int) {
        let batch = try await client.prepare(operation, count: count)
        let processorBefore = try await processorNanoseconds()
        let start = ContinuousClock.now
        try await client.submit(prepared: batch)
        let seconds = Seconds(ContinuousClock.now - start).value
        let processor = try await processorNanoseconds() - processorBefore
        return (rounded(Double(count) / seconds), rounded(Double(processor) / 1000 / Double(count)), count)
    }

    /// The first node: nobody may pay itself.
    private var receiver: NodeID {
        mesh.description.nodes.first.flatMap { NodeID(hexadecimal: $0.id) } ?? NodeID(.zero)
    }

    private var operation: Ledger.Operation {
        .transfer(
            Ledger.Transfer(
                to: receiver, amount: Amount(attos: 1), memo: [UInt8](repeating: 0x2e, count: 204)))
    }

    private func processorNanoseconds() async throws -> UInt64 {
        var sum: UInt64 = 0
        for node in mesh.description.nodes { sum += try await client.status(of: node).processorNanoseconds }
        return sum
    }

    private func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
