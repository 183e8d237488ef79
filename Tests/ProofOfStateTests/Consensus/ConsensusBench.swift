import Canonical

@testable import ProofOfState

/// One core under test, driven by hand: the other validators are the test.
struct ConsensusBench {
    struct Token: ConsensusSigner, SignatureChecker {
        let voter: ValidatorIndex

        func signature(of statement: SignedStatement) -> [UInt8]? { Token.make(voter, statement) }

        static func make(_ voter: ValidatorIndex, _ statement: SignedStatement) -> [UInt8] {
            Digest(sha256: [UInt8(truncatingIfNeeded: voter)] + statement.signedBytes).bytes
        }

        func isValid(_ signature: RequiredSignature) -> Bool {
            signature.signature == Token.make(signature.signer, signature.statement)
        }
    }

    static let network = NetworkID(Digest(sha256: [7]))

    var configuration: ConsensusConfiguration
    var core: Consensus
    var now = Timestamp(seconds: 1_000)
    /// Everything that the core asked for, in order.
    var actions: [ConsensusAction] = []
    /// Everything that is durable.
    var records: [ConsensusRecord] = []
    /// Whether writes are durable at once.
    var syncs = true
    /// Whether the application answers at once.
    var answers = true
    var operations: [[UInt8]] = []
    private var unsynced: [(WriteID, ConsensusRecord)] = []

    static func validators(_ weights: [UInt64] = [1, 1, 1, 1]) throws -> ValidatorSet {
        try ValidatorSet(
            weights.enumerated().map { index, weight in
                Validator(node: NodeID(publicKey: [UInt8(index)]), publicKey: [UInt8(index)], weight: weight)
            })
    }

    static func configuration(
        me: ValidatorIndex?, termLength: UInt64 = 1, weights: [UInt64] = [1, 1, 1, 1], wait: UInt64 = 0
    ) throws -> ConsensusConfiguration {
        let validators = try validators(weights)
        let base = BlockHeader(
            network: network, epoch: 0, height: 0, view: 0, parentView: 0, parentHash: .zero, operationsRoot: .zero,
            stateRoot: .zero, receiptsRoot: .zero, validators: validators.hash, nextValidators: validators.hash,
            evidenceRoot: .zero, proposer: 0, time: Timestamp(seconds: 1), bodyRoot: .zero)
        var timing = ConsensusTiming()
        timing.emptyBlockInterval = wait
        return ConsensusConfiguration(
            context: SigningContext(network: network, epoch: 0), validators: validators, seed: .zero,
            termLength: termLength, me: me, base: SealedHeader(base), timing: timing)
    }

    /// A bench whose core does not lead the first `views` views.
    static func follower(termLength: UInt64 = 1, views: View = 1, wait: UInt64 = 0) throws -> ConsensusBench {
        let schedule = try configuration(me: nil, termLength: termLength).schedule
        let leaders = Set((1...views).map { schedule.leader(of: $0) })
        let me = (0..<4).map { ValidatorIndex($0) }.first { !leaders.contains($0) }
        return try ConsensusBench(configuration(me: me ?? 0, termLength: termLength, wait: wait))
    }

    /// A bench whose core leads view 1.
    static func leader(wait: UInt64 = 0) throws -> ConsensusBench {
        let schedule = try configuration(me: nil).schedule
        return try ConsensusBench(configuration(me: schedule.leader(of: 1), wait: wait))
    }

    init(_ configuration: ConsensusConfiguration) throws {
        self.configuration = configuration
        core = Consensus(configuration, signer: configuration.me.map(Token.init(voter:)))
        start()
    }

    mutating func start() {
        var out: [ConsensusAction] = []
        core.start(at: now, into: &out)
        carryOut(out)
    }

    /// Loses everything but the durable records and starts again.
    mutating func restart() {
        unsynced = []
        actions = []
        core = Consensus(
            configuration, signer: configuration.me.map(Token.init(voter:)), tip: nil, records: records)
        start()
    }

    mutating func pass(_ event: ConsensusEvent) {
        var out: [ConsensusAction] = []
        core.handle(event, at: now, into: &out)
        carryOut(out)
    }

    private mutating func carryOut(_ out: [ConsensusAction]) {
        actions += out
        for action in out {
            switch action {
            case .persist(let write, let record): unsynced.append((write, record))
            case .verify(let block) where answers: pass(.verdict(block.hash, isValid: true))
            case .propose(let request) where answers:
                let payload = BlockPayload(
                    operations: operations, stateRoot: .zero, receiptsRoot: .zero, nextValidators: .zero)
                pass(.payload(request, payload))
            default: break
            }
        }
        if syncs { sync() }
    }

    /// Makes all writes durable.
    mutating func sync() {
        guard let last = unsynced.last?.0 else { return }
        records += unsynced.map(\.1)
        unsynced = []
        pass(.persisted(last))
    }

    /// Moves the clock and passes deadlines that come due.
    mutating func wait(milliseconds: UInt64) {
        let end = now.advanced(byMilliseconds: milliseconds)
        while let due = core.nextDeadline, due <= end {
            now = max(now, due)
            pass(.deadline)
        }
        now = end
    }

    // What the others say

    func block(
        view: View, parent: SealedHeader? = nil, parentView: View? = nil, operations: [[UInt8]] = [],
        change: (inout BlockHeader) -> Void = { _ in }
    ) -> Block {
        let parent = parent ?? configuration.base
        var header = BlockHeader(
            network: ConsensusBench.network, epoch: 0, height: parent.height + 1, view: view,
            parentView: parentView ?? (parent == configuration.base ? 0 : parent.view), parentHash: parent.hash,
            operationsRoot: .zero, stateRoot: .zero, receiptsRoot: .zero, validators: configuration.validators.hash,
            nextValidators: .zero, evidenceRoot: .zero, proposer: configuration.schedule.leader(of: view),
            time: parent.time.advanced(byMilliseconds: 1), bodyRoot: .zero)
        change(&header)
        return Block(sealing: header, operations: operations)
    }

    func proposal(_ block: Block) -> ConsensusMessage {
        let statement = configuration.context.proposalStatement(block.view, block.hash)
        return .proposal(block, signature: Token.make(block.header.proposer, statement))
    }

    func vote(_ kind: VoteKind, _ view: View, _ hash: Digest, by voter: ValidatorIndex) -> Vote {
        let statement = configuration.context.statement(kind, view, kind == .nullify ? .zero : hash)
        return Vote(kind: kind, view: view, hash: hash, voter: voter, signature: Token.make(voter, statement))
    }

    func certificate(_ kind: VoteKind, _ view: View, _ hash: Digest = .zero, signers: [ValidatorIndex] = [0, 1, 2])
        -> Certificate
    {
        Certificate(
            kind: kind, view: view, hash: hash,
            signatures: signers.map {
                Certificate.Signature(voter: $0, bytes: vote(kind, view, hash, by: $0).signature)
            })
    }

    mutating func propose(_ block: Block) {
        pass(.received(PeerID(block.header.proposer), proposal(block)))
    }

    mutating func receive(_ certificate: Certificate, from peer: ValidatorIndex = 0) {
        pass(.received(PeerID(peer), .certificate(certificate)))
    }

    var others: [ValidatorIndex] { (0..<4).map { ValidatorIndex($0) }.filter { $0 != configuration.me } }

    // What the core said

    /// Votes that it sent to all, in order, without repetition.
    var votes: [Vote] {
        actions.compactMap { action in
            guard case .broadcast(.vote(let vote)) = action else { return nil }
            return vote
        }
    }

    func votes(_ kind: VoteKind) -> [Vote] { votes.filter { $0.kind == kind } }

    var proposals: [Block] {
        actions.compactMap { action in
            guard case .broadcast(.proposal(let block, _)) = action else { return nil }
            return block
        }
    }

    var finalized: [Block] {
        actions.compactMap { action in
            guard case .finalize(let block, _) = action else { return nil }
            return block
        }
    }

    var evidence: [Evidence] {
        actions.compactMap { action in
            guard case .evidence(let evidence) = action else { return nil }
            return evidence
        }
    }

    var sent: [(peer: PeerID, message: ConsensusMessage)] {
        actions.compactMap { action in
            guard case .send(let peer, let message) = action else { return nil }
            return (peer, message)
        }
    }

    var fetches: [ConsensusMessage] {
        sent.map(\.message).filter { message in
            switch message {
            case .fetchAncestors, .fetchCertificates, .fetchFinal: true
            default: false
            }
        }
    }
}
