import Caesar
import Canonical
import MerkleTree

extension LedgerState {
    /// Executes a block on top of the last one: first the jobs whose deadline it is, then its operations in order.
    /// On an error nothing has changed.
    package mutating func execute(
        _ block: BlockContext, operations: [VerifiedOperation]
    ) throws(LedgerError) -> BlockOutcome {
        try execute(try prepare(block, operations: operations))
    }

    /// Computes what a block will change, and whether it may stand at all: every operation is admitted in its order, that
    /// is, well-formed, in sequence, in its window, of a known identity, and able to pay its fee. An operation that is
    /// admitted may still be refused by its system, at the price of the fee. Changes nothing.
    package func prepare(
        _ block: BlockContext, operations: [VerifiedOperation]
    ) throws(LedgerError) -> PreparedBlock {
        let (changes, results, events) = try run(block, operations)
        let refused = results.firstIndex { !$0.isAdmitted }
        var nextSequences: [NodeID: UInt64] = [:]
        for operation in operations { nextSequences[operation.subject] = operation.sequence &+ 1 }
        return PreparedBlock(
            context: block, parent: tip.hash, changes: changes, receipts: results.map(\.receipt), events: events,
            refusal: refused.map { ($0, results[$0].receipt) }, nextSequences: nextSequences)
    }

    /// Executes a prepared block.
    /// - Throws: `wrongParent` when it was prepared on another state. On an error nothing has changed.
    package mutating func execute(_ prepared: PreparedBlock) throws(LedgerError) -> BlockOutcome {
        guard prepared.parent == tip.hash else { throw .wrongParent(have: prepared.parent, tip: tip.hash) }
        let block = prepared.context
        try checkFollows(block)
        try install(prepared.changes, tip: Tip(height: block.height, time: block.time, hash: block.hash))
        var log = LogTree()
        for receipt in prepared.receipts { log.append(receipt.canonicalBytes) }
        return BlockOutcome(
            height: block.height, stateRoot: root.hash, receipts: prepared.receipts, receiptsRoot: log.root,
            events: prepared.events, changes: prepared.changes)
    }

    /// What executing a block would give each operation. Changes nothing.
    package func receipts(
        of operations: [VerifiedOperation], in block: BlockContext
    ) throws(LedgerError) -> [OperationReceipt] {
        try run(block, operations).results.map(\.receipt)
    }

    /// Which of these operations, in their order, may stand in a block. Those that may not change nothing, so the others
    /// may stand without them. Changes nothing.
    package func admissible(
        _ operations: [VerifiedOperation], in block: BlockContext
    ) throws(LedgerError) -> [Bool] {
        try run(block, operations).results.map(\.isAdmitted)
    }

    private typealias Result = (receipt: OperationReceipt, isAdmitted: Bool)

    private func run(
        _ block: BlockContext, _ operations: [VerifiedOperation]
    ) throws(LedgerError) -> (changes: [StateChange], results: [Result], events: [LedgerEvent]) {
        try checkFollows(block)
        var execution = OperationExecution(
            state: StateJournal(over: values), block: block, network: network, policy: policy)
        do {
            try execution.wakeJobs()
        } catch {
            throw .malformedSnapshot("a job cannot end: \(error)")
        }
        let results = operations.map { execution.execute($0) }
        let tip = Tip(height: block.height, time: block.time, hash: block.hash)
        execution.state.set(tip, for: LedgerKey.tip)
        execution.state.set(tip, for: LedgerKey.anchor(block.height))
        do {
            try Caesar.checkTracked(in: execution.state)
        } catch {
            throw .conservation(error)
        }
        return (execution.state.changes, results, execution.events)
    }

    private func checkFollows(_ block: BlockContext) throws(LedgerError) {
        guard tip.height < .max, block.height == tip.height + 1 else {
            throw .wrongHeight(have: block.height, next: tip.height &+ 1)
        }
        // Genesis has no header of its own here: the first block may name what the node made of it.
        guard tip.height == 0 || block.parentHash == tip.hash else {
            throw .wrongParent(have: block.parentHash, tip: tip.hash)
        }
        guard block.time >= tip.time else { throw .timeGoesBack(have: block.time, tip: tip.time) }
    }
}
