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
    @Option(name: .long, help: "Operations to send in all, for the throughput.") var throughputCount: Int = 2000
    @Option(name: .long, help: "Operations under way at a time, for the throughput.") var clients: Int = 64

    // All of one width are served at once, so that the first of a member's sequence is among them.
    func validate() throws {
        guard (1...100).contains(clients) else { throw ValidationError("--clients is 1 to 100") }
    }

    struct Report: Encodable {
        let latencyMillisecondsP50: Double
        let latencyMillisecondsP99: Double
        let operationsPerSecond: Double
        let loadedLatencyMillisecondsP50: Double
        let loadedLatencyMillisecondsP99: Double
        let processorMicrosecondsPerOperation: Double
        let operations: Int
        let clients: Int
    }

    func run() async throws {
        let report = try await options.withClient { client in
            let bench = MeshBenchmark(client: client, mesh: try LocalMesh(directory: options.mesh))
            let alone = try await bench.delays(count: max(latencyCount, 1))
            let flood = try await bench.flood(count: max(throughputCount, 1), clients: clients)
            return Report(
                latencyMillisecondsP50: alone.percentile(50), latencyMillisecondsP99: alone.percentile(99),
                operationsPerSecond: flood.perSecond, loadedLatencyMillisecondsP50: flood.delays.percentile(50),
                loadedLatencyMillisecondsP99: flood.delays.percentile(99),
                processorMicrosecondsPerOperation: flood.processorMicroseconds, operations: flood.delays.count,
                clients: clients)
        }
        if options.output == .json { return try Terminal.printJSON(report) }
        Terminal.say(
            "finality    p50 \(report.latencyMillisecondsP50) ms, p99 \(report.latencyMillisecondsP99) ms, one at a time"
        )
        Terminal.say(
            "throughput  \(report.operationsPerSecond) operations/s, \(report.processorMicrosecondsPerOperation) µs of "
                + "processor an operation over all nodes, p50 \(report.loadedLatencyMillisecondsP50) ms, p99 "
                + "\(report.loadedLatencyMillisecondsP99) ms (\(report.operations) operations, \(report.clients) at a time)"
        )
    }
}

/// The measuring itself.
struct MeshBenchmark {
    struct Flood {
        let perSecond: Double
        let processorMicroseconds: Double
        let delays: [Double]
    }

    let client: MeshClient
    let mesh: LocalMesh

    /// Milliseconds from making an operation to its finality, ascending.
    func delays(count: Int) async throws -> [Double] {
        var delays: [Double] = []
        for _ in 0..<count {
            let start = ContinuousClock.now
            _ = try await client.submit(operation)
            delays.append(milliseconds(ContinuousClock.now - start))
        }
        return delays.sorted()
    }

    /// Sends operations that were proved and signed before, `clients` under way at a time, until all are final.
    func flood(count: Int, clients: Int) async throws -> Flood {
        var delays: [Double] = []
        var seconds = 0.0
        var processor: UInt64 = 0
        // Envelopes name a recent block: they are made in portions that do not grow old.
        for start in stride(from: 0, to: count, by: 2000) {
            let batch = try await client.prepare(operation, count: min(2000, count - start))
            let processorBefore = try await processorNanoseconds()
            let begin = ContinuousClock.now
            delays += try await client.settle(prepared: batch, width: clients).map(milliseconds)
            seconds += Seconds(ContinuousClock.now - begin).value
            processor += try await processorNanoseconds() - processorBefore
        }
        return Flood(
            perSecond: rounded(Double(count) / seconds),
            processorMicroseconds: rounded(Double(processor) / 1000 / Double(count)), delays: delays.sorted())
    }

    private func milliseconds(_ span: Duration) -> Double { rounded(Seconds(span).value * 1000) }

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

extension [Double] {
    /// The value below which `percent` of the ascending values lie.
    fileprivate func percentile(_ percent: Int) -> Double { self[Swift.min(count - 1, count * percent / 100)] }
}
