import Canonical
import Catalog
import Testing

func node(_ number: UInt8) -> NodeID { NodeID(Digest(sha256: [number])) }

func order(
    replicas: UInt8 = 3, pricePerFuel: Amount = Amount(attos: 10), priceMax: Amount = Amount(attos: 1_000)
) throws -> JobOrder {
    try JobOrder(
        program: ProgramID(.zero), arguments: ["1", "\"a\""], fuelLimit: 1_000, memoryLimitBytes: 1 << 20,
        replicas: replicas, pricePerFuel: pricePerFuel, priceMax: priceMax, commitBlocks: 10, revealBlocks: 5)
}

@Suite struct JobTests {
    private let id = JobID(Digest(sha256: [7]))
    private let salt = Digest(sha256: [8])

    private func receipt(_ provider: UInt8, value: UInt8 = 42, fuel: UInt64 = 50) throws -> JobReceipt {
        try JobReceipt(
            job: id, provider: node(provider), outcome: .value([value]), fuelUsed: fuel, output: [],
            outputHash: Digest(sha256: []))
    }

    private func job(replicas: UInt8 = 3) throws -> Job {
        Job(
            id: id, requester: node(0), order: try order(replicas: replicas), height: 100,
            providers: (1...replicas).map { node($0) })
    }

    private func committed(_ receipts: [JobReceipt]) throws -> Job {
        var job = try job()
        for receipt in receipts { try job.commit(receipt.commitment(salt: salt), by: receipt.provider, at: 101) }
        return job
    }

    @Test func settlesByMajorityAndPaysOnlyThoseWhoAgree() throws {
        let receipts = [try receipt(1), try receipt(2, value: 13), try receipt(3)]
        var job = try committed(receipts)
        #expect(job.phase == .revealing)
        let step1 = try job.reveal(receipts[0], salt: salt, by: node(1))
        #expect(!step1)
        let step2 = try job.reveal(receipts[1], salt: salt, by: node(2))
        #expect(!step2)
        let step3 = try job.reveal(receipts[2], salt: salt, by: node(3))
        #expect(step3)
        try job.close(fuelUsed: 50, feeBasisPoints: 100)
        guard case .settled(let settlement) = job.phase else { throw CatalogError.unknownJob(id) }
        #expect(settlement.agreeing == [node(1), node(3)].sorted())
        #expect(settlement.price == Amount(attos: 500))
        #expect(settlement.fee == Amount(attos: 5 + 1))
        #expect(settlement.share == Amount(attos: 247))
        #expect(settlement.refund == Amount(attos: 500))
    }

    @Test func theEscrowIsSplitToTheLastUnit() throws {
        var random = SplitMix64(seed: 3)
        for _ in 0..<500 {
            let escrow = Amount(attos: .random(in: 0..<10_000, using: &random))
            let agreeing = (0..<UInt8.random(in: 1..<9, using: &random)).map { node($0) }
            let settlement = try JobSettlement(
                resultHash: .zero, agreeing: agreeing, fuelUsed: .random(in: 0..<1_000, using: &random),
                order: try order(pricePerFuel: Amount(attos: .random(in: 0..<50, using: &random)), priceMax: escrow),
                feeBasisPoints: .random(in: 0...10_000, using: &random))
            let shares = try settlement.share.multiplied(by: UInt64(agreeing.count))
            #expect(try settlement.fee.adding(shares).adding(settlement.refund) == escrow)
        }
    }

    @Test func noMajorityGivesNoResult() throws {
        let receipts = [try receipt(1, value: 1), try receipt(2, value: 2), try receipt(3, value: 3)]
        var job = try committed(receipts)
        for receipt in receipts { _ = try job.reveal(receipt, salt: salt, by: receipt.provider) }
        try job.close(fuelUsed: 0, feeBasisPoints: 100)
        #expect(job.phase == .failed(.disagreement))
    }

    @Test func aMissingProviderIsWaitedForUntilTheDeadline() throws {
        let receipts = [try receipt(1), try receipt(2)]
        var job = try committed(receipts)
        #expect(job.phase == .committing)
        #expect(job.deadline == 110)
        let step4 = job.tick(at: 109)
        #expect(!step4)
        let step5 = job.tick(at: 110)
        #expect(!step5)
        #expect(job.phase == .revealing)
        #expect(job.deadline == 115)
        #expect(throws: CatalogError.self) { try job.commit(.zero, by: node(3), at: 111) }
        let step6 = try job.reveal(receipts[0], salt: salt, by: node(1))
        #expect(!step6)
        let step7 = try job.reveal(receipts[1], salt: salt, by: node(2))
        #expect(step7)
        #expect(job.agreedResult == receipts[0].resultHash)
    }

    @Test func tooFewCommitmentsEndTheJobAtTheDeadline() throws {
        var job = try committed([try receipt(1)])
        let step8 = job.tick(at: 110)
        #expect(step8)
        try job.close(fuelUsed: 0, feeBasisPoints: 100)
        #expect(job.phase == .failed(.tooFewReceipts))
        let step9 = job.tick(at: 200)
        #expect(!step9)
    }

    @Test func aCopiedCommitmentCannotBeOpened() throws {
        let honest = try receipt(1)
        var job = try job()
        for number in 1...3 as ClosedRange<UInt8> {
            try job.commit(honest.commitment(salt: salt), by: node(number), at: 101)
        }
        _ = try job.reveal(honest, salt: salt, by: node(1))
        #expect(throws: CatalogError.self) { try job.reveal(honest, salt: salt, by: node(2)) }
        #expect(throws: CatalogError.commitmentMismatch(node(2))) {
            try job.reveal(try receipt(2), salt: salt, by: node(2))
        }
    }

    @Test func everyStepOutOfPlaceIsRefusedByName() throws {
        let mine = try receipt(1)
        var job = try job()
        #expect(throws: CatalogError.notAssigned(node(9), to: id)) { try job.commit(.zero, by: node(9), at: 101) }
        #expect(throws: CatalogError.wrongPhase(id, phase: "committing", needed: "revealing")) {
            try job.reveal(mine, salt: salt, by: node(1))
        }
        try job.commit(mine.commitment(salt: salt), by: node(1), at: 101)
        #expect(throws: CatalogError.alreadyCommitted(node(1))) { try job.commit(.zero, by: node(1), at: 101) }
        try job.commit(.zero, by: node(2), at: 101)
        let step10 = job.tick(at: 110)
        #expect(!step10)
        #expect(throws: CatalogError.notCommitted(node(3))) { try job.reveal(try receipt(3), salt: salt, by: node(3)) }
        _ = try job.reveal(mine, salt: salt, by: node(1))
        #expect(throws: CatalogError.alreadyRevealed(node(1))) { try job.reveal(mine, salt: salt, by: node(1)) }
    }

    @Test func aReceiptOfMoreFuelThanOrderedIsRefused() throws {
        let greedy = try receipt(1, fuel: 1_001)
        var job = try committed([greedy, try receipt(2), try receipt(3)])
        #expect(throws: CatalogError.self) { try job.reveal(greedy, salt: salt, by: node(1)) }
    }

    @Test func theLotteryIsTheSameForEveryoneAndChangesWithTheSeed() {
        let candidates = (0..<20).map { node($0) }
        let first = JobAssignment.choose(3, of: candidates, for: id, seed: .zero)
        #expect(first == JobAssignment.choose(3, of: candidates.reversed(), for: id, seed: .zero))
        #expect(first != JobAssignment.choose(3, of: candidates, for: id, seed: Digest(sha256: [1])))
        #expect(JobAssignment.choose(3, of: [node(1)], for: id, seed: .zero) == [node(1)])
    }

    @Test func jobsSurviveTheirEncoding() throws {
        var job = try committed([try receipt(1), try receipt(2), try receipt(3)])
        #expect(try Job(canonicalBytes: job.canonicalBytes) == job)
        for number in 1...3 as ClosedRange<UInt8> {
            _ = try job.reveal(try receipt(number), salt: salt, by: node(number))
        }
        try job.close(fuelUsed: 50, feeBasisPoints: 0)
        #expect(try Job(canonicalBytes: job.canonicalBytes) == job)
    }

    @Test func decodingNeverTraps() throws {
        var random = SplitMix64(seed: 9)
        let good = try committed([try receipt(1), try receipt(2), try receipt(3)]).canonicalBytes
        for _ in 0..<2000 {
            var bytes = good
            for _ in 0..<4 {
                bytes[.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            _ = try? Job(canonicalBytes: bytes)
            _ = try? JobReceipt(canonicalBytes: Array(bytes.prefix(.random(in: 0..<bytes.count, using: &random))))
        }
    }
}
