import Canonical
import Ledger
import Node
import ProofOfState

/// Agreement on an order of opaque bytes and on nothing else: no signatures of operations, no proofs, no state.
struct OrderedBytes: ReplicatedApplication {
    private struct OpenBlock {
        let parent: Digest
        let height: Height
        let ids: [OperationID]
    }

    private static let blockOperationsMax = 2000

    private let validators: Digest
    private var pending: [OperationID: [UInt8]] = [:]
    private var arrivals: [OperationID] = []
    /// Blocks above the last final one, and what is in them.
    private var open: [Digest: OpenBlock] = [:]
    private var proposed: Set<OperationID> = []

    init(_ validators: ValidatorSet) {
        self.validators = validators.hash
    }

    mutating func admit(_ operation: [UInt8]) throws(AdmissionRefusal) -> OperationID {
        let id = OrderedBytes.id(of: operation)
        guard pending[id] == nil else { throw .mempool(.duplicate(id)) }
        pending[id] = operation
        arrivals.append(id)
        return id
    }

    var hasOperations: Bool { arrivals.contains { !proposed.contains($0) } }
    var waitingCount: Int { pending.count }

    mutating func payload(for request: ProposalRequest) -> BlockPayload? {
        var above: Set<OperationID> = []
        var cursor = request.parent.hash
        while let block = open[cursor] {
            above.formUnion(block.ids)
            cursor = block.parent
        }
        let chosen = arrivals.lazy.filter { !above.contains($0) }.prefix(OrderedBytes.blockOperationsMax)
        return BlockPayload(
            operations: chosen.compactMap { pending[$0] }, stateRoot: .zero, receiptsRoot: .zero,
            nextValidators: validators)
    }

    mutating func isValid(_ block: Block) -> Bool {
        let ids = block.operations.map(OrderedBytes.id)
        open[block.hash] = OpenBlock(parent: block.parentHash, height: block.height, ids: ids)
        proposed.formUnion(ids)
        return true
    }

    mutating func finalize(_ block: Block) -> BlockOutcome? {
        let ids = open[block.hash]?.ids ?? block.operations.map(OrderedBytes.id)
        for id in ids { pending[id] = nil }
        arrivals.removeAll { pending[$0] == nil }
        open = open.filter { $0.value.height > block.height }
        proposed = Set(open.values.lazy.flatMap(\.ids))
        return BlockOutcome(
            height: block.height, stateRoot: .zero,
            receipts: ids.map { OperationReceipt(id: $0, outcome: .applied, fee: .zero) }, receiptsRoot: .zero,
            events: [], changes: [])
    }

    private static func id(of operation: [UInt8]) -> OperationID { OperationID(Digest(sha256: operation)) }
}
