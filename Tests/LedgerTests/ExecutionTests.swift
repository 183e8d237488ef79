import Caesar
import Canonical
import Catalog
import Falcon
import Ledger
import ProofOfState
import Satchel
import Testing

@Suite struct ExecutionTests {
    @Test func genesisRegistersBondsAndPays() throws {
        let mesh = try Mesh()
        #expect(mesh.state.validators.map(\.weight) == [1, 1, 1, 1])
        #expect(try Mesh.genesis().validatorSet().quorum == 3)
        for number in Actors.validators {
            let id = try Actors.id(number)
            #expect(mesh.state.bond(of: id) == Mesh.bond)
            #expect(mesh.state.publicKey(of: id) == (try Actors.key(number).publicKey))
            #expect(mesh.state.nextSequence(of: id) == 0)
        }
        #expect(mesh.state.spendable(of: try Actors.id(Actors.founder)) == Mesh.founderBalance)
        #expect(mesh.state.policy(for: UInt16(OperationKind.transfer.rawValue)) == .standard)
        #expect(mesh.state.policy(for: 99) == nil)
        #expect(mesh.state.finalBlockHash(at: 0) == BlockHash(mesh.state.network.digest))
    }

    @Test func aTransferCostsItsAmountAndItsFee() throws {
        var mesh = try Mesh()
        let outcome = try mesh.block((4, .transfer(Transfer(to: Actors.id(0), amount: Amount(caes: 3)))))
        #expect(outcome.codes == [0])
        let cost = try Amount(caes: 3).adding(mesh.fee(.transfer))
        #expect(try mesh.balance(4) == Mesh.founderBalance.subtracting(cost))
        #expect(try mesh.balance(0) == Mesh.validatorBalance.adding(Amount(caes: 3)))
        #expect(mesh.state.balance(of: .named(.fees)) == mesh.fee(.transfer))
        #expect(mesh.state.nextSequence(of: try Actors.id(4)) == 1)
    }

    @Test func aRefusedOperationCostsItsFeeAndItsSequenceAndNothingElse() throws {
        var mesh = try Mesh()
        let outcome = try mesh.block((4, .transfer(Transfer(to: Actors.id(0), amount: Amount(caes: 10_000)))))
        #expect(outcome.codes == [201])
        #expect(outcome.receipts[0].fee == mesh.fee(.transfer))
        #expect(outcome.events.isEmpty)
        #expect(try mesh.balance(4) == Mesh.founderBalance.subtracting(mesh.fee(.transfer)))
        let keys = Set(outcome.changes.map(\.key))
        let touched = [
            Caesar.key(.node(try Actors.id(4))), Caesar.key(.named(.fees)),
            LedgerKey.sequence(try Actors.id(4)), LedgerKey.tip, LedgerKey.anchor(1),
        ]
        #expect(keys == Set(touched))
    }

    @Test func whatHasNoPlaceInABlockChangesNothingAtAll() throws {
        let mesh = try Mesh()
        let founder = try Actors.id(4)
        let transfer = Operation.transfer(Transfer(to: try Actors.id(0), amount: Amount(caes: 1)))
        let stranger = NodeID(Digest(sha256: [1, 2, 3]))
        let good = mesh.verified(transfer, subject: founder, sequence: 0)
        let cases: [(UInt16, VerifiedOperation)] = [
            (101, VerifiedOperation(id: good.id, subject: founder, sequence: 0, kind: 3, payload: [3, 1])),
            (102, VerifiedOperation(id: good.id, subject: founder, sequence: 0, kind: 4, payload: good.payload)),
            (
                103,
                VerifiedOperation(
                    id: good.id, subject: founder, sequence: 0, kind: 3, payload: good.payload, expiryHeight: 0)
            ),
            (
                103,
                VerifiedOperation(
                    id: good.id, subject: founder, sequence: 0, kind: 3, payload: good.payload, expiryTime: Mesh.start)
            ),
            (104, mesh.verified(transfer, subject: founder, sequence: 2)),
            (105, mesh.verified(transfer, subject: stranger, sequence: 0)),
        ]
        for (code, operation) in cases {
            var one = mesh
            let outcome = try one.state.execute(one.next(), operations: [operation])
            #expect(outcome.codes == [code])
            #expect(Set(outcome.changes.map(\.key)) == [LedgerKey.tip, LedgerKey.anchor(1)])
            #expect(try mesh.state.prepare(mesh.next(), operations: [good, operation]).refusal?.index == 1)
        }
        #expect(try mesh.state.prepare(mesh.next(), operations: [good]).refusal == nil)
    }

    @Test func aPreparedBlockGivesWhatExecutingItGivesAndOnlyOnItsState() throws {
        var mesh = try Mesh()
        let transfer = Operation.transfer(Transfer(to: try Actors.id(0), amount: Amount(caes: 1)))
        let operations = [mesh.verified(transfer, subject: try Actors.id(4), sequence: 0)]
        let prepared = try mesh.state.prepare(mesh.next(), operations: operations)
        var executed = mesh
        let expected = try executed.state.execute(mesh.next(), operations: operations)
        var ahead = mesh
        try ahead.block()
        let rootAhead = ahead.state.stateRoot
        #expect(throws: LedgerError.self) { _ = try ahead.state.execute(prepared) }
        #expect(ahead.state.stateRoot == rootAhead)
        let outcome = try mesh.state.execute(prepared)
        #expect(outcome.stateRoot == expected.stateRoot)
        #expect(outcome.receipts == expected.receipts)
    }

    @Test func whoCannotPayTheFeeChangesNothing() throws {
        var mesh = try Mesh()
        let all = try Mesh.validatorBalance.subtracting(mesh.fee(.transfer))
        try mesh.block((0, .transfer(Transfer(to: Actors.id(4), amount: all))))
        #expect(try mesh.balance(0) == .zero)
        let outcome = try mesh.block((0, .withdrawOffer))
        #expect(outcome.codes == [201])
        #expect(outcome.receipts[0].fee == .zero)
        #expect(mesh.state.nextSequence(of: try Actors.id(0)) == 1)
        let next = try mesh.signed([(0, .withdrawOffer)])[0]
        #expect(mesh.state.refusal(of: next)?.code == 201)
    }

    @Test func aSponsorBringsInANewIdentity() throws {
        var mesh = try Mesh()
        let newcomer = try Actors.id(Actors.newcomer)
        let outcome = try mesh.block((5, .registerIdentity(try registration(mesh))))
        #expect(outcome.codes == [0])
        #expect(mesh.state.bond(of: newcomer) == Amount(caes: 10))
        #expect(mesh.state.nextSequence(of: newcomer) == 1)
        let cost = try Amount(caes: 10).adding(mesh.fee(.registerIdentity))
        #expect(try mesh.balance(4) == Mesh.founderBalance.subtracting(cost))
        #expect(try mesh.block((5, .registerIdentity(try registration(mesh)))).codes == [106])
    }

    @Test func registeringIsAllOrNothing() throws {
        let mesh = try Mesh()
        let good = try registration(mesh)
        let stranger = NodeID(.zero)
        let other = PlotBuilder(subject: stranger, depth: 6)
        let cases: [(UInt16, IdentityRegistration)] = [
            (
                109,
                IdentityRegistration(
                    publicKey: good.publicKey, plot: good.plot, audit: try #require(other.audit), sponsorship: nil)
            ),
            (
                110,
                IdentityRegistration(publicKey: good.publicKey, plot: good.plot, audit: good.audit, sponsorship: nil)
            ),
            (111, try registration(mesh, expiry: 0)), (112, try registration(mesh, bond: Amount(caes: 9))),
            (113, try registration(mesh, signer: 3)), (105, try registration(mesh, sponsor: stranger)),
            (201, try registration(mesh, bond: Mesh.founderBalance)),
            (107, IdentityRegistration(publicKey: [1], plot: good.plot, audit: good.audit, sponsorship: nil)),
        ]
        for (code, registration) in cases {
            var one = mesh
            let subject = NodeID(publicKey: registration.publicKey)
            let operation = one.verified(.registerIdentity(registration), subject: subject, sequence: 0)
            let outcome = try one.state.execute(one.next(), operations: [operation])
            #expect(outcome.codes == [code])
            #expect(outcome.changes.count == 2)
        }
        var one = mesh
        let foreign = one.verified(.registerIdentity(good), subject: stranger, sequence: 0)
        #expect(try one.state.execute(one.next(), operations: [foreign]).codes == [108])
    }

    private func registration(
        _ mesh: Mesh, bond: Amount = Amount(caes: 10), expiry: UInt64 = 100, signer: Int = 4, sponsor: NodeID? = nil
    ) throws -> IdentityRegistration {
        let newcomer = try Actors.id(Actors.newcomer)
        let sponsor = try sponsor ?? Actors.id(4)
        let plot = PlotBuilder(subject: newcomer, depth: 6)
        let message = Sponsorship.message(
            network: mesh.state.network, newcomer: newcomer, sponsor: sponsor, bond: bond, expiryHeight: expiry)
        let signature = try Actors.key(signer).signature(for: message)
        return IdentityRegistration(
            publicKey: try Actors.publicKey(Actors.newcomer), plot: plot.commitment, audit: try #require(plot.audit),
            sponsorship: Sponsorship(sponsor: sponsor, bond: bond, expiryHeight: expiry, signature: signature))
    }

    @Test func aPlotIsReplacedOnlyWithItsAudit() throws {
        var mesh = try Mesh()
        let id = try Actors.id(0)
        let (mine, foreign) = (PlotBuilder(subject: id, depth: 6), PlotBuilder(subject: NodeID(.zero), depth: 6))
        let wrong = PlotUpdate(plot: foreign.commitment, audit: try #require(foreign.audit))
        let right = PlotUpdate(plot: mine.commitment, audit: try #require(mine.audit))
        #expect(try mesh.block((0, .updatePlot(wrong)), (0, .updatePlot(right))).codes == [109, 0])
        #expect(mesh.state.plot(of: id) == mine.commitment)
    }

    @Test func programsArePublishedOnceAndYankedByTheirPublisher() throws {
        var mesh = try Mesh()
        let program = try Samples.program()
        #expect(
            try mesh.block(
                (4, .publishProgram(program)), (0, .publishProgram(program)), (0, .yankProgram(program.id)),
                (4, .yankProgram(program.id)), (4, .yankProgram(program.id)), (4, .yankProgram(ProgramID(.zero))),
                (4, .submitJob(try Samples.order()))
            ).codes == [0, 304, 306, 0, 305, 303, 305])
        #expect(mesh.state.program(program.id)?.isYanked == true)
    }

    @Test func offersAreListedReplacedAndWithdrawn() throws {
        var mesh = try Mesh()
        let offer = try Samples.offer()
        try mesh.block((0, offer), (1, offer), (2, offer), (1, try Samples.offer(cpu: 8_000)))
        #expect(mesh.state.providers == (try [0, 1, 2].map(Actors.id)))
        #expect(mesh.state.pool(of: try Actors.id(1))?.free(.cpu) == 4_000)
        #expect(try mesh.block((0, .withdrawOffer), (0, .withdrawOffer), (3, .withdrawOffer)).codes == [0, 114, 114])
        #expect(mesh.state.providers == (try [2, 1].map(Actors.id)))
        #expect(mesh.state.pool(of: try Actors.id(0)) == nil)
    }

    @Test func bondsGrowAndThePolicyStands() throws {
        var mesh = try Mesh()
        let entry = PolicyEntry(kind: .transfer, fee: .zero)
        #expect(
            try mesh.block((4, .bond(Amount(caes: 5))), (4, .bond(.zero)), (4, .setPolicy(entry))).codes == [
                0, 202, 115,
            ])
        #expect(mesh.state.bond(of: try Actors.id(4)) == Amount(caes: 5))
    }

    @Test func blocksOutOfLineAreRefusedAndChangeNothing() throws {
        var mesh = try Mesh()
        try mesh.block()
        let before = mesh.state.stateRoot
        let next = mesh.next()
        func context(height: UInt64? = nil, time: Timestamp? = nil, parent: BlockHash? = nil) -> BlockContext {
            BlockContext(
                height: height ?? next.height, time: time ?? next.time, hash: next.hash,
                parentHash: parent ?? next.parentHash, proposer: next.proposer)
        }
        for wrong in [context(height: 1), context(height: 3), context(time: Mesh.start), context(parent: next.hash)] {
            #expect(throws: LedgerError.self) { try mesh.state.execute(wrong, operations: []) }
        }
        #expect(mesh.state.stateRoot == before)
        #expect(mesh.state.finalBlockHash(at: 1) == mesh.state.tip.hash)
        #expect(mesh.state.finalBlockHash(at: 2) == nil)
    }

    @Test func aGenesisThatCannotRunIsRefused() throws {
        let good = try Mesh.genesis()
        func changed(
            validators: [GenesisValidator]? = nil, grants: [GenesisGrant]? = nil, certificates: [[UInt8]] = []
        ) -> Genesis {
            Genesis(
                networkName: "test", time: good.time, validators: validators ?? good.validators,
                rootCertificate: [], certificates: certificates, grants: grants ?? good.grants)
        }
        let twice = good.validators + [good.validators[0]]
        let keyless = [
            GenesisValidator(publicKey: [1], weight: 1, plot: good.validators[0].plot, bond: .zero, endpoint: "")
        ]
        let rich = [GenesisGrant(from: .liquidity, to: NodeID(.zero), amount: Amount(caes: 50_000_001))]
        for wrong in [
            changed(validators: []), changed(validators: twice), changed(validators: keyless), changed(grants: rich),
            changed(certificates: [[1]]),
        ] {
            #expect(throws: LedgerError.self) { try LedgerState(wrong) }
        }
    }
}
