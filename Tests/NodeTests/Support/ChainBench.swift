import Caesar
import Canonical
import Ledger
import ProofOfState

@testable import Node

/// An application on a mesh's genesis, the founding person's operations, and blocks that nobody voted for.
final class ChainBench {
    let genesis: Genesis
    let base: SealedHeader
    let validators: ValidatorSet
    let user: IdentityFiles
    let receiver: NodeID
    private let plot: StoredPlot
    var application: ChainApplication

    init() async throws {
        let mesh = try await FoundedMesh.shared.value
        genesis = try mesh.easyGenesis()
        user = try IdentityFiles(reading: mesh.directory.user)
        plot = try PlotFile.open(mesh.directory.user.plot, subject: user.id, depth: FoundedMesh.depth)
        validators = try ValidatorSet(
            genesis.validators.map { Validator(node: $0.id, publicKey: $0.publicKey, weight: $0.weight) })
        receiver = genesis.validators[0].id
        let ledger = try LedgerState(genesis)
        let header = BlockHeader(
            network: genesis.networkID, epoch: 0, height: 0, view: 0, parentView: 0, parentHash: .zero,
            operationsRoot: .zero, stateRoot: ledger.stateRoot, receiptsRoot: .zero, validators: validators.hash,
            nextValidators: validators.hash, evidenceRoot: .zero, proposer: 0, time: genesis.time, bodyRoot: .zero)
        base = Block(sealing: header, operations: []).header
        application = ChainApplication(
            ledger: ledger, base: base, validators: validators, checker: ProvenEnvelopes())
    }

    /// A signed transfer of the founder to the first node, anchored at genesis.
    func transfer(_ caes: UInt64, sequence: UInt64) throws -> [UInt8] {
        let operation = Operation.transfer(Transfer(to: receiver, amount: Amount(caes: caes), memo: []))
        let kind = UInt16(operation.kind.rawValue)
        let ledger = try LedgerState(genesis)
        guard let policy = ledger.policy(for: kind), let hash = ledger.finalBlockHash(at: 0) else {
            throw NodeError.foreignChain
        }
        let intent = OperationIntent(
            network: genesis.networkID, kind: kind, operation: operation.canonicalBytes, subject: user.id,
            sequence: sequence, anchor: Anchor(height: 0, hash: hash), expiryHeight: 100,
            expiryTime: genesis.time.advanced(byMilliseconds: 3_600_000))
        let prover = Prover(plot: plot, certificate: user.certificateDigest, bond: .zero)
        return try prover.envelope(for: intent, policy: policy, key: user.key).canonicalBytes
    }

    /// What the application would propose on top of a block.
    func payload(on parent: SealedHeader) -> BlockPayload? {
        application.payload(for: ProposalRequest(view: parent.view + 1, parent: parent, time: time(after: parent)))
    }

    /// A block on `parent` with what the application says of the state; `view` tells forks apart.
    func block(on parent: SealedHeader, view: View, _ operations: [[UInt8]]? = nil) throws -> Block {
        guard let payload = payload(on: parent) else { throw NodeError.foreignChain }
        return Block(
            sealing: BlockHeader(
                network: genesis.networkID, epoch: 0, height: parent.height + 1, view: view, parentView: parent.view,
                parentHash: parent.hash, operationsRoot: .zero, stateRoot: payload.stateRoot,
                receiptsRoot: payload.receiptsRoot, validators: validators.hash, nextValidators: validators.hash,
                evidenceRoot: .zero, proposer: 0, time: time(after: parent), bodyRoot: .zero),
            operations: operations ?? payload.operations)
    }

    func admit(_ bytes: [UInt8]) throws -> OperationID { try application.admit(bytes) }
    func isValid(_ block: Block) -> Bool { application.isValid(block) }
    func finalize(_ block: Block) -> BlockOutcome? { application.finalize(block) }

    func balance(_ node: NodeID) -> Amount { application.ledger.balance(of: .node(node)) }

    private func time(after parent: SealedHeader) -> Timestamp { parent.time.advanced(byMilliseconds: 500) }
}
