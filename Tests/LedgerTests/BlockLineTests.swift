import Canonical
import Ledger
import ProofOfState
import Testing

/// Takes every envelope whose window is right.
private struct AnyEnvelope: EnvelopeChecker {
    func check(_ envelope: Envelope, against state: LedgerState) throws(ProofRefusal) {
        try EnvelopeVerifier.verifyWindow(envelope.intent, state)
    }

    func checkAgain(_ standing: EnvelopeStanding, against state: LedgerState) throws(ProofRefusal) {
        try EnvelopeVerifier.verifyWindow(standing.intent, state)
    }
}

@Suite struct BlockLineTests {
    private let validators: ValidatorSet
    private let base: SealedHeader
    private var line: BlockLine<AnyEnvelope>

    init() throws {
        let genesis = try Mesh.genesis()
        let ledger = try LedgerState(genesis)
        validators = try genesis.validatorSet()
        base =
            Block(
                sealing: BlockHeader(
                    network: genesis.networkID, epoch: 0, height: 0, view: 0, parentView: 0, parentHash: .zero,
                    operationsRoot: .zero, stateRoot: ledger.stateRoot, receiptsRoot: .zero,
                    validators: validators.hash,
                    nextValidators: validators.hash, evidenceRoot: .zero, proposer: 0, time: genesis.time,
                    bodyRoot: .zero),
                operations: []
            ).header
        line = BlockLine(ledger: ledger, base: base, validators: validators, checker: AnyEnvelope())
    }

    private func transfer(
        _ actor: Int, _ amount: Amount, sequence: UInt64 = 0, expiryHeight: UInt64 = 100
    ) throws -> [UInt8] {
        let operation = Operation.transfer(Transfer(to: try Actors.id(0), amount: amount))
        let intent = OperationIntent(
            network: line.ledger.network, kind: UInt16(operation.kind.rawValue), operation: operation.canonicalBytes,
            subject: try Actors.id(actor), sequence: sequence,
            anchor: Anchor(height: 0, hash: try #require(line.ledger.finalBlockHash(at: 0))),
            expiryHeight: expiryHeight, expiryTime: Mesh.start.advanced(byMilliseconds: 1_000_000))
        return Envelope(intent: intent, proofs: ProofBundle(), signature: []).canonicalBytes
    }

    /// The leader's block of a view on a parent, with its payload or other operations.
    private mutating func block(on parent: SealedHeader, view: View, _ operations: [[UInt8]]? = nil) throws -> Block {
        let time = parent.time.advanced(byMilliseconds: 100)
        let answer = line.payload(for: ProposalRequest(view: view, parent: parent, time: time))
        let payload = try #require(answer)
        return Block(
            sealing: BlockHeader(
                network: base.header.network, epoch: 0, height: parent.height + 1, view: view,
                parentView: parent.view, parentHash: parent.hash, operationsRoot: .zero, stateRoot: payload.stateRoot,
                receiptsRoot: payload.receiptsRoot, validators: validators.hash,
                nextValidators: payload.nextValidators, evidenceRoot: payload.evidenceRoot, proposer: 0, time: time,
                bodyRoot: .zero),
            operations: operations ?? payload.operations)
    }

    private mutating func expectValid(_ block: Block, _ expected: Bool = true) {
        let isValid = line.isValid(block)
        #expect(isValid == expected)
    }

    @Test mutating func `an operation that cannot pay any more does not spoil its leader's block`() throws {
        let poor = Mesh.validatorBalance
        let fee = line.ledger.policy.entry(.transfer).fee
        _ = try line.admit(transfer(1, poor.subtracting(fee)))
        _ = try line.admit(transfer(1, Amount(attos: 1), sequence: 1))
        _ = try line.admit(transfer(4, Amount(attos: 1)))
        let first = try block(on: base, view: 1)
        #expect(first.operations.count == 2)
        expectValid(first)
        let outcome = line.finalize(first)
        #expect(outcome?.receipts.allSatisfy(\.isApplied) == true)
        #expect(!line.hasOperations)
    }

    @Test mutating func `an operation that cannot pay is refused at once`() throws {
        let spend = try Mesh.validatorBalance.subtracting(line.ledger.policy.entry(.transfer).fee)
        let first = try block(on: base, view: 1, [transfer(1, spend)])
        expectValid(first)
        let firstOutcome = line.finalize(first)
        #expect(firstOutcome != nil)
        let unpayable = try transfer(1, Amount(attos: 1), sequence: 1)
        var line = line
        #expect(throws: AdmissionRefusal.self) { _ = try line.admit(unpayable) }
    }

    @Test mutating func `an operation that expires ahead of finality is not proposed`() throws {
        let late = try transfer(4, Amount(attos: 1), expiryHeight: 2)
        let first = try block(on: base, view: 1)
        expectValid(first)
        let second = try block(on: first.header, view: 2)
        expectValid(second)
        // The ledger stands after block 2, nothing is final: at the tip of a shorter branch it could still stand.
        let sibling = try block(on: base, view: 3)
        expectValid(sibling)
        _ = try line.admit(late)
        let third = try block(on: second.header, view: 4)
        #expect(third.operations.isEmpty)
    }

    @Test mutating func `an operation of a branch that lost is proposed again`() throws {
        let bytes = try transfer(4, Amount(attos: 1))
        _ = try line.admit(bytes)
        let won = try block(on: base, view: 1, [])
        expectValid(won)
        let lost = try block(on: won.header, view: 2)
        #expect(lost.operations == [bytes])
        expectValid(lost)
        let afterLost = try block(on: lost.header, view: 3)
        #expect(afterLost.operations.isEmpty)
        expectValid(afterLost)
        let wonOutcome = line.finalize(won)
        #expect(wonOutcome != nil)
        let again = try block(on: won.header, view: 4)
        #expect(again.operations == [bytes])
    }

    @Test mutating func `a block must name the next validators and no evidence`() throws {
        let good = try block(on: base, view: 1)
        var header = good.header.header
        header.nextValidators = .zero
        expectValid(Block(sealing: header, operations: []), false)
        header = good.header.header
        header.evidenceRoot = Digest(sha256: [1])
        expectValid(Block(sealing: header, operations: []), false)
        expectValid(good)
    }

    @Test mutating func `a long branch ahead of finality can be taken back`() throws {
        var parent = base
        for view in 1...View(100) {
            let next = try block(on: parent, view: view)
            expectValid(next)
            parent = next.header
        }
        expectValid(try block(on: parent, view: 101))
        let other = try block(on: base, view: 102)
        expectValid(other)
        let outcome = line.finalize(other)
        #expect(outcome?.height == 1)
        #expect(line.ledger.height == 1)
    }
}
