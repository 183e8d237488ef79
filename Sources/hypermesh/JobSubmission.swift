import Canonical
import Catalog
import Julia
import Ledger
import Node

/// Publishes a program if need be, orders a run and waits for its end.
struct JobSubmission {
    struct Order {
        let name: String
        let source: String
        let arguments: [String]
        let fuel: UInt64
        let memoryBytes: UInt64
        let replicas: UInt8
        let pricePerFuel: Amount
        let priceMax: Amount
    }

    let client: MeshClient
    let progress: (String) -> Void

    func run(_ order: Order) async throws -> JobSummary {
        let me = client.identity.id
        let before = try await client.account(me)
        let program = try program(order)
        var fees = Amount.zero
        if try await !client.isPublished(program.id) {
            progress("publishing \(order.name) as program \(program.id.shortDescription)")
            fees = try fees.adding(try await client.submit(.publishProgram(program)).receipt.fee)
        }
        let job = try JobOrder(
            program: program.id, arguments: order.arguments, fuelLimit: order.fuel, memoryLimitBytes: order.memoryBytes,
            processorMillicores: 250, replicas: order.replicas, pricePerFuel: order.pricePerFuel,
            priceMax: order.priceMax)
        progress("ordering \(order.replicas) runs")
        let receipt = try await client.submit(.submitJob(job))
        fees = try fees.adding(receipt.receipt.fee)
        let id = Job.id(orderedBy: receipt.receipt.id)
        let report = try await wait(for: id)
        let after = try await client.account(me)
        return JobSummary(report: report, program: program.id, fees: fees, before: before, after: after)
    }

    private func program(_ order: Order) throws -> Program {
        try Program(
            name: order.name, files: [ProgramFile(path: order.name, source: order.source)],
            languageVersion: "1.10", machineVersion: Digest(sha256: Array(JuliaProgram.vmVersion.utf8)),
            priceTable: Digest(sha256: JuliaProgram.priceTableHash),
            limits: ProgramLimits(
                fuelMax: max(order.fuel, 1_000_000_000), memoryBytesMax: max(order.memoryBytes, 1 << 30),
                outputBytesMax: 1 << 20))
    }

    private func wait(for id: JobID) async throws -> JobReport {
        progress("job \(id.shortDescription) is assigned; waiting for receipts")
        var lastPhase = ""
        while true {
            let report = try await client.job(id)
            if report.job.phase.isFinal { return report }
            if report.job.phase.name != lastPhase {
                lastPhase = report.job.phase.name
                progress("job is \(lastPhase)")
            }
            try await Task.sleep(for: .milliseconds(25))
        }
    }
}
