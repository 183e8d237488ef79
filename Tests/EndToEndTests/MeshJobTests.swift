import Canonical
import Foundation
import Ledger
import Testing

extension MeshTests {
    @Test func `a program's result is agreed on, and paid to the last unit`() async throws {
        try await offersArePaid()
        let before = try await mesh.wallet()
        let path = try mesh.program("sum.jl", "function main(n)\n    println(\"adding\")\n    return sum(1:n)\nend\n")
        let report = try await mesh.run("run", path, "--argument", "100", "--output", "json").json(JobResult.self)
        #expect(report.result == "5050")
        #expect(report.output == "adding\n")
        #expect(report.phase == "settled" && report.trap == nil)
        #expect(report.receipts.count == 3 && Set(report.receipts.map(\.provider)).count == 3)
        #expect(report.receipts.allSatisfy { $0.agrees && $0.resultHash != nil })
        #expect(Set(report.receipts.map(\.resultHash)).count == 1)
        try await expectMoved(report, since: before)
    }

    @Test func `a program without end runs out of fuel and the mesh goes on`() async throws {
        try await offersArePaid()
        let before = try await mesh.wallet()
        let path = try mesh.program(
            "loop.jl", "function main()\n    n = 0\n    while true\n        n += 1\n    end\nend\n")
        let run = try await mesh.run("run", path, "--fuel", "500000", "--output", "json", exitCode: 1)
        let report = try run.json(JobResult.self)
        #expect(report.result.contains("fuel exhausted"))
        #expect(report.result.contains("loop.jl:"), "the trap is located: \(report.result)")
        #expect(report.fuel == 500_000)
        try await expectMoved(report, since: before)
        #expect(try await mesh.whole().agrees)
    }

    @Test func `a program that hoards memory meets its limit and the mesh goes on`() async throws {
        let path = try mesh.program(
            "bomb.jl",
            "function main()\n    hoard = []\n    while true\n        push!(hoard, zeros(100000))\n    end\nend\n")
        let run = try await mesh.run(
            "run", path, "--memory", "33554432", "--fuel", "100000000", "--output", "json", exitCode: 1)
        let report = try run.json(JobResult.self)
        #expect(report.result.contains("memory limit"), "\(report.result)")
        #expect(report.receipts.allSatisfy { $0.agrees })
        #expect(try await mesh.whole().agrees)
    }

    @Test func `a program that does not parse is refused with its place and costs nothing`() async throws {
        try await offersArePaid()
        let before = try await mesh.wallet()
        let path = try mesh.program("broken.jl", "function main(n)\n    return n +\nend\n")
        let run = try await mesh.run("run", path, "--argument", "1", exitCode: 1)
        #expect(run.complaint.contains("broken.jl:"), "\(run.complaint)")
        #expect(run.output.isEmpty)
        #expect(try await mesh.wallet() == before)
    }

    // MARK: Money

    /// Nodes pay for offering their resources soon after the founding; then their balances stand still.
    private func offersArePaid() async throws {
        let fee = Policy().entry(.offerAssets).fee
        let expected = try Amount(caes: 100).subtracting(fee)
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            let nodes = try await mesh.wallet().filter { $0.key != "you" }
            // Jobs and transfers of other tests moved them from there.
            if nodes.values.allSatisfy({ $0 != Amount(caes: 100) && $0 != .zero }) { return }
            try await Task.sleep(for: .milliseconds(200))
        }
        Issue.record("a node did not pay for its offer; expected \(expected)")
    }

    /// The person paid price and fees; each agreeing provider got its share and paid for two receipts; others nothing.
    private func expectMoved(_ report: JobResult, since before: [String: Amount]) async throws {
        let after = try await mesh.wallet()
        let names = Dictionary(uniqueKeysWithValues: try await mesh.status().nodes.map { ($0.id, $0.name) })
        let price = try Amount(parsing: try #require(report.price))
        let spent = try price.adding(try Amount(parsing: report.fees))
        #expect(after["you"] == (try before["you"]?.subtracting(spent)))
        let receiptFees = try Policy().entry(.commitReceipt).fee.adding(Policy().entry(.revealReceipt).fee)
        var expected = before.filter { $0.key != "you" }
        var shares = Amount.zero
        for receipt in report.receipts {
            let name = try #require(names[receipt.provider])
            let share = try Amount(parsing: receipt.paid)
            shares = try shares.adding(share)
            expected[name] = try expected[name]?.adding(share).subtracting(receiptFees)
        }
        #expect(after.filter { $0.key != "you" } == expected)
        // What the price leaves over the shares is the network's: at least its hundredth.
        let network = try price.subtracting(shares)
        let fee = try Amount(parsing: try #require(report.networkFee))
        #expect(network >= fee)
        #expect(network.attos < price.attos / 50)
    }
}

struct JobResult: Decodable {
    struct Receipt: Decodable {
        let provider: String
        let resultHash: String?
        let agrees: Bool
        let paid: String
    }

    let result: String
    let trap: String?
    let output: String
    let phase: String
    let fuel: UInt64?
    let price: String?
    let networkFee: String?
    let fees: String
    let receipts: [Receipt]
}
