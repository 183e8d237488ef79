package import Canonical
import Catalog
import Ledger
import ProofOfState

/// Clients of the ledger: they pay, overspend, register, offer, publish, order jobs and provide for them; and they send
/// operations again, out of sequence, with anchors that never were, and in others' names.
package struct LedgerClients: SimulatedClients {
    private var sent: [[UInt8]] = []
    var jobs: [JobID] = []

    package static var burstMax: UInt64 { 4 }
    package static var areReplayed: Bool { true }

    package init() {}

    package mutating func makeOperation(
        number: UInt64, seenBy node: LedgerApplication, random: inout SplitMix64
    ) -> [UInt8] {
        if random.next() % 10 == 0, let again = sent.randomElement(using: &random) { return again }
        let (actor, operation) = draw(number, node.line.ledger, &random)
        var intent = intent(of: actor, for: operation, node, &random)
        spoil(&intent, &random)
        var envelope = RegistryEnvelopes.sealed(intent)
        if random.next() % 40 == 0 {
            envelope.intent.operation =
                Operation.transfer(
                    Transfer(to: LedgerWorld.nodes[0], amount: Amount(caes: 50))
                ).canonicalBytes
        }
        if case .submitJob = operation { remember(Job.id(orderedBy: envelope.id)) }
        if sent.count >= 32 { sent.removeFirst() }
        sent.append(envelope.canonicalBytes)
        return envelope.canonicalBytes
    }

    private mutating func remember(_ job: JobID) {
        if jobs.count >= 12 { jobs.removeFirst() }
        jobs.append(job)
    }

    private func intent(
        of actor: Int, for operation: Operation, _ node: LedgerApplication, _ random: inout SplitMix64
    ) -> OperationIntent {
        let ledger = node.line.ledger
        let subject = LedgerWorld.nodes[actor]
        let back = random.next() % 4
        let height = ledger.height > back ? ledger.height - back : 0
        return OperationIntent(
            network: ledger.network, kind: UInt16(operation.kind.rawValue), operation: operation.canonicalBytes,
            subject: subject, sequence: node.line.nextSequence(of: subject),
            anchor: Anchor(height: height, hash: ledger.finalBlockHash(at: height) ?? BlockHash(.zero)),
            expiryHeight: ledger.height + 1 + random.next() % 30,
            expiryTime: ledger.tip.time.advanced(byMilliseconds: 2_000 + random.next() % 60_000))
    }

    /// Now and then a rule is broken under a good signature.
    private func spoil(_ intent: inout OperationIntent, _ random: inout SplitMix64) {
        switch random.next() % 40 {
        case 0, 1: intent.sequence &+= 1 + random.next() % 3
        case 2: intent.sequence = intent.sequence > 0 ? intent.sequence - 1 : 0
        case 3: intent.anchor.hash = BlockHash(Digest(sha256: [7]))
        case 4: intent.network = NetworkID(.zero)
        case 5: intent.expiryHeight = .max
        case 6: intent.operation.append(0)
        default: break
        }
    }

    private func draw(
        _ number: UInt64, _ ledger: LedgerState, _ random: inout SplitMix64
    ) -> (actor: Int, operation: Operation) {
        if random.next() % 2 == 0, let due = dueReceipt(ledger, &random) { return due }
        switch random.next() % 16 {
        case 0, 1:
            let provider = LedgerWorld.providers.lowerBound + Int(random.next() % 4)
            return (provider, LedgerSamples.offer(random.next() % 4) ?? .withdrawOffer)
        case 2: return (LedgerWorld.providers.lowerBound + Int(random.next() % 4), .withdrawOffer)
        case 3: return (0, LedgerSamples.program.map { .publishProgram($0) } ?? .withdrawOffer)
        case 4, 5, 6:
            let requester = Int(random.next() % 2)
            guard let order = LedgerSamples.order(replicas: 1 + UInt8(random.next() % 4)) else { break }
            return (requester, .submitJob(order))
        case 7:
            let newcomer = Int(random.next() % UInt64(LedgerWorld.newcomers.count))
            return (LedgerWorld.newcomers.lowerBound + newcomer, LedgerSamples.registration(of: newcomer))
        case 8: return (LedgerSamples.anyone(&random), .bond(Amount(attos: UInt128(random.next() % 1_000_000))))
        case 9, 10: return (LedgerWorld.pauper, LedgerSamples.transfer(attosMax: 2 * Policy.baseFee.attos, &random))
        default: break
        }
        return (LedgerSamples.anyone(&random), LedgerSamples.transfer(attosMax: Amount(caes: 60).attos, &random))
    }

    /// What an assigned provider does next, honest or lying.
    private func dueReceipt(
        _ ledger: LedgerState, _ random: inout SplitMix64
    ) -> (actor: Int, operation: Operation)? {
        guard let id = jobs.randomElement(using: &random), let job = ledger.job(id),
            let provider = job.providers.randomElement(using: &random),
            let actor = LedgerWorld.providers.first(where: { LedgerWorld.nodes[$0] == provider.node }),
            let receipt = LedgerSamples.receipt(of: id, by: actor)
        else { return nil }
        let salt = Digest(sha256: id.bytes + [UInt8(actor)])
        switch job.phase {
        case .committing:
            let commitment = ReceiptCommitment(job: id, commitment: receipt.commitment(salt: salt))
            return (actor, .commitReceipt(commitment))
        case .revealing: return (actor, .revealReceipt(ReceiptReveal(receipt: receipt, salt: salt)))
        case .settled, .failed: return nil
        }
    }
}
