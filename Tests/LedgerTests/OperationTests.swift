import Canonical
import Catalog
import Ledger
import ProofOfState
import Satchel
import Testing

@Suite struct OperationTests {
    private func samples() throws -> [Operation] {
        let node = NodeID(Digest(sha256: [1]))
        let plot = PlotBuilder(subject: node, depth: 4)
        let registration = IdentityRegistration(
            publicKey: [UInt8](repeating: 7, count: 1793), plot: plot.commitment, audit: try #require(plot.audit),
            sponsorship: Sponsorship(sponsor: node, bond: Amount(caes: 10), expiryHeight: 9, signature: [1, 2, 3]))
        let receipt = try JobReceipt(
            job: JobID(.zero), provider: node, outcome: .trap(kind: "fuel", summary: "out of fuel"), fuelUsed: 3,
            output: [1], outputHash: .zero)
        return [
            .registerIdentity(registration),
            .updatePlot(PlotUpdate(plot: plot.commitment, audit: try #require(plot.audit))),
            .trust([1, 2, 3]), .transfer(Transfer(to: node, amount: Amount(caes: 1), memo: [9])),
            try Samples.offer(), .withdrawOffer, .publishProgram(try Samples.program()),
            .yankProgram(ProgramID(.zero)), .submitJob(try Samples.order()),
            .commitReceipt(ReceiptCommitment(job: JobID(.zero), commitment: .zero)),
            .revealReceipt(ReceiptReveal(receipt: receipt, salt: .zero)), .reportEvidence([1]),
            .setPolicy(PolicyEntry(kind: .transfer, fee: Amount(attos: 1))), .bond(Amount(caes: 2)),
        ]
    }

    @Test func everyOperationSurvivesItsEncodingUnderAFixedIndex() throws {
        let samples = try samples()
        #expect(samples.map(\.kind) == OperationKind.allCases)
        for (index, operation) in samples.enumerated() {
            #expect(operation.canonicalBytes.first == UInt8(index))
            #expect(try Operation(canonicalBytes: operation.canonicalBytes) == operation)
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func decodingDamagedOperationsNeverTraps(seed: UInt64) throws {
        print("seed \(seed)")
        var random = SplitMix64(seed: seed)
        for operation in try samples() {
            let good = operation.canonicalBytes
            for _ in 0..<150 {
                var bytes = good
                for _ in 0..<Int.random(in: 1..<5, using: &random) {
                    bytes[.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
                }
                if Bool.random(using: &random) { bytes.removeLast(.random(in: 0..<bytes.count, using: &random)) }
                guard let read = try? Operation(canonicalBytes: bytes) else { continue }
                #expect(read.canonicalBytes == bytes)
            }
        }
    }

    @Test func randomBytesNeverTrap() {
        var random = SplitMix64(seed: 4)
        for _ in 0..<3000 {
            let bytes = [UInt8.random(in: 0..<15, using: &random)] + random.bytes(.random(in: 0..<200, using: &random))
            _ = try? Operation(canonicalBytes: bytes)
            _ = try? Genesis(canonicalBytes: bytes)
            _ = try? SnapshotRange(canonicalBytes: bytes)
            _ = try? StateProof(canonicalBytes: bytes)
            _ = try? OperationReceipt(canonicalBytes: bytes)
        }
    }

    @Test func genesisSurvivesItsEncodingAndNamesTheMesh() throws {
        let genesis = try Mesh.genesis()
        #expect(try Genesis(canonicalBytes: genesis.canonicalBytes) == genesis)
        #expect(try Mesh.genesis(policy: Policy(jobFeeBasisPoints: 101)).networkID != genesis.networkID)
    }
}
