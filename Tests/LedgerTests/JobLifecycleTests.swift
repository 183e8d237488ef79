import Caesar
import Canonical
import Catalog
import Ledger
import Satchel
import Testing

/// A mesh with four providers and a published program.
private struct Market {
    var mesh: Mesh
    let salt = Digest(sha256: [5])

    init() throws {
        mesh = try Mesh()
        let offer = try Samples.offer()
        try mesh.block(
            (0, offer), (1, offer), (2, offer), (3, offer), (4, .publishProgram(try Samples.program())))
    }

    mutating func submit(_ order: JobOrder, by actor: Int = 4) throws -> Job {
        let operation = try mesh.signed([(actor, .submitJob(order))])[0]
        let outcome = try mesh.state.execute(mesh.next(), operations: [operation])
        #expect(outcome.codes == [0])
        return try #require(mesh.state.job(Job.id(orderedBy: operation.id)))
    }

    func actors(of job: Job) throws -> [Int] {
        try job.providers.map { provider in
            try #require(try Actors.validators.first { try Actors.id($0) == provider.node })
        }
    }

    func receipt(_ job: JobID, _ actor: Int, value: UInt8 = 42, fuel: UInt64 = 1_234) throws -> JobReceipt {
        try JobReceipt(
            job: job, provider: Actors.id(actor), outcome: .value([value]), fuelUsed: fuel, output: Array("hi".utf8),
            outputHash: Digest(sha256: Array("hi".utf8)))
    }

    func commit(_ receipt: JobReceipt) -> Operation {
        .commitReceipt(ReceiptCommitment(job: receipt.job, commitment: receipt.commitment(salt: salt)))
    }

    func reveal(_ receipt: JobReceipt) -> Operation { .revealReceipt(ReceiptReveal(receipt: receipt, salt: salt)) }

    /// Everything free again, and the money all there.
    func expectClean() throws {
        for number in Actors.validators {
            let pool = try #require(mesh.state.pool(of: try Actors.id(number)))
            #expect(pool.grants.isEmpty)
            #expect(pool.state(of: .cpu) == .available)
        }
        try Caesar.checkConservation(over: Array(mesh.state.entries))
    }
}

@Suite struct JobLifecycleTests {
    @Test func agreeingProvidersArePaidToTheLastAtto() throws {
        var market = try Market()
        let before = try (0...4).map { try market.mesh.balance($0) }
        let order = try Samples.order()
        let job = try market.submit(order)
        let actors = try market.actors(of: job)
        #expect(market.mesh.state.balance(of: .escrow(job.id)) == order.priceMax)
        for actor in actors {
            #expect(market.mesh.state.pool(of: try Actors.id(actor))?.granted(.cpu) == 1_000)
        }
        let receipts = try actors.map { try market.receipt(job.id, $0) }
        for (actor, receipt) in zip(actors, receipts) { try market.mesh.block((actor, market.commit(receipt))) }
        for (actor, receipt) in zip(actors, receipts) { try market.mesh.block((actor, market.reveal(receipt))) }
        let done = try #require(market.mesh.state.job(job.id))
        guard case .settled(let settlement) = done.phase else { throw CatalogError.unknownJob(job.id) }

        // 1234 fuel × 1000 attos = 1,234,000; fee 1 % = 12,340; 1,221,660 in three = 407,220 each.
        #expect(settlement.price == Amount(attos: 1_234_000))
        #expect(settlement.share == Amount(attos: 407_220))
        #expect(settlement.fee == Amount(attos: 12_340))
        let (commitFee, revealFee) = (market.mesh.fee(.commitReceipt), market.mesh.fee(.revealReceipt))
        for actor in actors {
            let expected = try before[actor].adding(settlement.share).subtracting(commitFee).subtracting(revealFee)
            #expect(try market.mesh.balance(actor) == expected)
        }
        let paid = try settlement.price.adding(market.mesh.fee(.submitJob))
        #expect(try market.mesh.balance(4) == before[4].subtracting(paid))
        #expect(market.mesh.state.balance(of: .escrow(job.id)) == .zero)
        let kept = market.mesh.state.receipt(of: job.id, result: settlement.resultHash)
        #expect(kept?.outcome == .value([42]))
        try market.expectClean()
    }

    @Test func aDisagreeingProviderIsNotPaid() throws {
        var market = try Market()
        let job = try market.submit(try Samples.order())
        let actors = try market.actors(of: job)
        let receipts = try actors.enumerated().map { try market.receipt(job.id, $1, value: $0 == 1 ? 13 : 42) }
        let before = try market.mesh.balance(actors[1])
        try market.mesh.block(
            (actors[0], market.commit(receipts[0])), (actors[1], market.commit(receipts[1])),
            (actors[2], market.commit(receipts[2])))
        let outcome = try market.mesh.block(
            (actors[1], market.reveal(receipts[1])), (actors[0], market.reveal(receipts[0])),
            (actors[2], market.reveal(receipts[2])))
        #expect(outcome.codes == [0, 0, 0])
        guard case .settled(let settlement) = market.mesh.state.job(job.id)?.phase else {
            throw CatalogError.unknownJob(job.id)
        }
        #expect(settlement.agreeing == (try [actors[0], actors[2]].map(Actors.id).sorted()))
        #expect(settlement.share == Amount(attos: 610_830))
        let fees = try market.mesh.fee(.commitReceipt).adding(market.mesh.fee(.revealReceipt))
        #expect(try market.mesh.balance(actors[1]) == before.subtracting(fees))
        #expect(market.mesh.state.receipt(of: job.id, result: receipts[1].resultHash) == nil)
        try market.expectClean()
    }

    @Test func aMissingProviderDelaysSettlementToTheDeadlines() throws {
        var market = try Market()
        let job = try market.submit(try Samples.order())
        let actors = try market.actors(of: job)
        let receipts = try actors.map { try market.receipt(job.id, $0) }
        try market.mesh.block((actors[0], market.commit(receipts[0])), (actors[1], market.commit(receipts[1])))
        while market.mesh.state.height + 1 < job.height + 6 {
            try market.mesh.block()
            #expect(market.mesh.state.job(job.id)?.phase == .committing)
        }
        // The deadline opens the reveal phase before the operations of its block.
        let late = try market.mesh.block(
            (actors[2], market.commit(receipts[2])), (actors[0], market.reveal(receipts[0])))
        #expect(late.codes == [311, 0])
        try market.mesh.block((actors[1], market.reveal(receipts[1])))
        guard case .settled(let settlement) = market.mesh.state.job(job.id)?.phase else {
            throw CatalogError.unknownJob(job.id)
        }
        #expect(settlement.agreeing.count == 2)
        try market.expectClean()
    }

    @Test func whoCommitsButDoesNotRevealHoldsNothingUpForLong() throws {
        var market = try Market()
        let job = try market.submit(try Samples.order())
        let actors = try market.actors(of: job)
        let receipts = try actors.map { try market.receipt(job.id, $0) }
        for (actor, receipt) in zip(actors, receipts) { try market.mesh.block((actor, market.commit(receipt))) }
        try market.mesh.block((actors[0], market.reveal(receipts[0])), (actors[1], market.reveal(receipts[1])))
        #expect(market.mesh.state.job(job.id)?.phase == .revealing)
        try market.mesh.emptyBlocks(4)
        guard case .settled(let settlement) = market.mesh.state.job(job.id)?.phase else {
            throw CatalogError.unknownJob(job.id)
        }
        #expect(settlement.agreeing.count == 2)
        try market.expectClean()
    }

    @Test func aJobNobodyRunsIsRefundedInFull() throws {
        var market = try Market()
        let before = try market.mesh.balance(4)
        let job = try market.submit(try Samples.order())
        try market.mesh.emptyBlocks(7)
        #expect(market.mesh.state.job(job.id)?.phase == .failed(.tooFewReceipts))
        #expect(try market.mesh.balance(4) == before.subtracting(market.mesh.fee(.submitJob)))
        try market.expectClean()
    }

    @Test func threeResultsOfThreeProvidersRefundInFull() throws {
        var market = try Market()
        let before = try market.mesh.balance(4)
        let job = try market.submit(try Samples.order())
        let actors = try market.actors(of: job)
        let receipts = try actors.enumerated().map { try market.receipt(job.id, $1, value: UInt8($0)) }
        for (actor, receipt) in zip(actors, receipts) { try market.mesh.block((actor, market.commit(receipt))) }
        for (actor, receipt) in zip(actors, receipts) { try market.mesh.block((actor, market.reveal(receipt))) }
        #expect(market.mesh.state.job(job.id)?.phase == .failed(.disagreement))
        #expect(try market.mesh.balance(4) == before.subtracting(market.mesh.fee(.submitJob)))
        try market.expectClean()
    }

    @Test func thePriceIsCappedByTheEscrow() throws {
        var market = try Market()
        let job = try market.submit(try Samples.order(replicas: 1, priceMax: Amount(attos: 999)))
        let actor = try market.actors(of: job)[0]
        let receipt = try market.receipt(job.id, actor)
        try market.mesh.block((actor, market.commit(receipt)), (actor, market.reveal(receipt)))
        guard case .settled(let settlement) = market.mesh.state.job(job.id)?.phase else {
            throw CatalogError.unknownJob(job.id)
        }
        #expect(settlement.price == Amount(attos: 999))
        #expect(settlement.fee == Amount(attos: 9))
        #expect(settlement.share == Amount(attos: 990))
        #expect(settlement.refund == .zero)
    }

    @Test func everyRefusalOfAnOrderLeavesNothingBehind() throws {
        var market = try Market()
        let order = try Samples.order()
        let unknown = try JobOrder(
            program: ProgramID(.zero), arguments: [], fuelLimit: 1, memoryLimitBytes: 1, pricePerFuel: .zero,
            priceMax: .zero)
        #expect(
            try market.mesh.block(
                (4, .submitJob(unknown)), (4, .submitJob(try Samples.order(fuelLimit: 10_001))),
                (4, .submitJob(try Samples.order(replicas: 5))), (0, .submitJob(try Samples.order(replicas: 4))),
                (4, .submitJob(try Samples.order(priceMax: Mesh.founderBalance)))
            ).codes == [303, 307, 309, 309, 201])
        try market.expectClean()
        // Two cores to lend at each node, one a job: two jobs of four fit, the third does not.
        let wide = try Samples.order(replicas: 4)
        #expect(
            try market.mesh.block((4, .submitJob(wide)), (4, .submitJob(wide)), (4, .submitJob(order))).codes == [
                0, 0, 309,
            ])
        #expect(try market.mesh.block((0, .withdrawOffer)).codes == [407])
    }

    @Test func everyStepOutOfPlaceIsRefused() throws {
        var market = try Market()
        let job = try market.submit(try Samples.order())
        let actors = try market.actors(of: job)
        let outsider = try #require(Actors.validators.first { !actors.contains($0) })
        let mine = try market.receipt(job.id, actors[0])
        let stray = try market.receipt(JobID(.zero), actors[0])
        #expect(
            try market.mesh.block(
                (outsider, market.commit(mine)), (actors[0], market.commit(stray)), (actors[0], market.reveal(stray)),
                (actors[0], market.reveal(mine)), (actors[0], market.commit(mine)), (actors[0], market.commit(mine)),
                (actors[1], market.commit(mine)), (actors[2], market.commit(mine)),
                (actors[1], market.reveal(mine)), (actors[1], market.reveal(try market.receipt(job.id, actors[1]))),
                (actors[0], market.reveal(mine)), (actors[0], market.reveal(mine))
            ).codes == [310, 308, 308, 311, 0, 312, 0, 0, 316, 315, 0, 313])
    }

    @Test func aRequesterNeverProvidesForItself() throws {
        for requester in Actors.validators {
            var market = try Market()
            let job = try market.submit(try Samples.order(), by: requester)
            #expect(!(try market.actors(of: job).contains(requester)))
        }
    }
}
