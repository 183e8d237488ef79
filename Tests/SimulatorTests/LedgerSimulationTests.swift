import Simulator
import Testing

@Suite struct LedgerSimulationTests {
    private func run(
        _ seed: UInt64, steps: Int, hasFaults: Bool = true, hasPowerFailure: Bool = false, encodes: Bool = false,
        disk: DiskChoice = .records
    ) throws -> SimulationReport {
        try Simulator.run(
            SimulationOptions(
                seed: seed, steps: steps, hasFaults: hasFaults, hasPowerFailure: hasPowerFailure, encodes: encodes,
                application: .ledger, disk: disk))
    }

    @Test(arguments: UInt64(1)...4) func `the ledger keeps every promise under faults`(seed: UInt64) throws {
        let report = try run(seed, steps: 5_000)
        #expect(report.failure == nil, "\(report.options.replayCommand)")
        #expect(report.height >= 5)
    }

    @Test func `the ledger keeps every promise in a calm world`() throws {
        let report = try run(3, steps: 8_000, hasFaults: false)
        #expect(report.failure == nil, "\(report.options.replayCommand)")
        #expect(report.height > 20 && report.accusations == 0)
    }

    @Test(arguments: [DiskChoice.records, .segments])
    func `the same seed gives the same ledger run`(disk: DiskChoice) throws {
        let first = try run(11, steps: 3_000, disk: disk)
        #expect(try run(11, steps: 3_000, disk: disk) == first)
        #expect(try run(12, steps: 3_000, disk: disk).digest != first.digest)
    }

    @Test func `encoding every message and record changes no ledger run`() throws {
        let plain = try run(21, steps: 2_000)
        let encoded = try run(21, steps: 2_000, encodes: true)
        #expect(encoded.failure == nil && encoded.digest == plain.digest)
    }

    @Test func `the ledger survives a power failure of all nodes on segment logs`() throws {
        let report = try run(2, steps: 5_000, hasFaults: false, hasPowerFailure: true, disk: .segments)
        #expect(report.failure == nil, "\(report.options.replayCommand)")
        #expect(report.crashes >= 4)
    }

    /// Seed 9 has a node whose disk flips a bit that recovery must name.
    @Test func `segment logs recover from torn and lost writes and report flipped bits`() throws {
        let report = try run(9, steps: 20_000, disk: .segments)
        #expect(report.failure == nil, "\(report.options.replayCommand)")
        #expect(report.corruptions > 0)
    }
}
