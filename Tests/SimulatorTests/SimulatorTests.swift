import ProofOfState
import Simulator
import Testing

@Suite struct SimulatorTests {
    private func run(_ options: SimulationOptions) throws -> SimulationReport { try Simulator.run(options) }

    @Test(arguments: 1...6) func `all properties hold under faults`(seed: UInt64) throws {
        let report = try run(SimulationOptions(seed: seed, steps: 6_000))
        #expect(report.failure == nil, "\(report.options.replayCommand)")
        #expect(report.height >= 5)
    }

    @Test(arguments: [UInt64(1), 4]) func `all properties hold in a calm world`(termLength: UInt64) throws {
        let report = try run(SimulationOptions(seed: 3, steps: 6_000, termLength: termLength, hasFaults: false))
        #expect(report.failure == nil, "\(report.options.replayCommand)")
        #expect(report.crashes == 0 && report.accusations == 0)
        #expect(report.height > 20)
    }

    @Test func `the same seed gives the same run to the byte`() throws {
        let options = SimulationOptions(seed: 11, steps: 4_000)
        let first = try run(options)
        #expect(try run(options) == first)
        #expect(try run(SimulationOptions(seed: 12, steps: 4_000)).digest != first.digest)
    }

    @Test func `an idle mesh is quiet and nullifies nothing`() throws {
        var options = SimulationOptions(seed: 5, steps: 3_000, nodes: 4, termLength: 1, hasFaults: false)
        options.hasWorkload = false
        let report = try run(options)
        #expect(report.failure == nil, "\(report.options.replayCommand)")
        // A block: 3 proposals, 12 notarize and 12 finalize votes, about once a second.
        let seconds = Double(report.virtualNanoseconds) / 1e9
        #expect(Double(report.messages) < 28 * seconds)
        #expect(report.view - report.height <= 1)
    }

    @Test func `encoding every message and record changes nothing`() throws {
        let plain = try run(SimulationOptions(seed: 21, steps: 2_000))
        let encoded = try run(SimulationOptions(seed: 21, steps: 2_000, encodes: true))
        #expect(encoded.failure == nil, "\(encoded.options.replayCommand)")
        #expect(encoded.digest == plain.digest)
    }

    @Test func `everything survives a power failure of all nodes`() throws {
        for seed: UInt64 in 1...3 {
            let report = try run(
                SimulationOptions(seed: seed, steps: 4_000, nodes: 4, hasFaults: false, hasPowerFailure: true))
            #expect(report.failure == nil, "\(report.options.replayCommand)")
            #expect(report.crashes == 4)
        }
    }

    @Test func `a power failure finds that bodies were not stored`() throws {
        let report = try run(
            SimulationOptions(
                seed: 1, steps: 4_000, nodes: 4, mutation: .noBodyLog, hasFaults: false, hasPowerFailure: true))
        #expect(report.failure?.property == .durability)
    }

    /// The first seeds are near one that finds the bug, to keep the debug build quick; `scripts/simulate.sh` begins at 1.
    @Test(arguments: [
        (ConsensusMutation.quorumMinusOne, UInt64(1)), (.doubleNotarize, 1), (.finalizeAfterNullify, 1), (.noGate, 1),
        (.noVoteLog, 1_001), (.noCertificateLog, 2_001), (.noAncestryCheck, 2_010),
    ])
    func `finds the planted bug`(mutation: ConsensusMutation, firstSeed: UInt64) throws {
        for seed in firstSeed..<(firstSeed + 200) {
            let report = try run(SimulationOptions(seed: seed, mutation: mutation))
            guard let failure = report.failure else { continue }
            #expect(failure.step > 0)
            return
        }
        Issue.record("\(mutation.rawValue) survived 200 seeds")
    }
}
