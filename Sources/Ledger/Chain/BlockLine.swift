package import Canonical
package import ProofOfState

/// What consensus agrees on: executes blocks in a line, ahead of finality, goes back when another branch wins, and
/// fills blocks from a mempool. Nodes and the simulator run this same value.
package struct BlockLine<Checker: EnvelopeChecker>: Sendable {
    /// Results of an executed block.
    private struct Executed {
        let hash: Digest
        let outcome: BlockOutcome
        /// Next sequence number of every subject with an operation in the block.
        let nextSequences: [NodeID: UInt64]
    }

    /// The state after the last executed block, which may be ahead of the last final one.
    package private(set) var ledger: LedgerState
    package var mempool: Mempool
    private let checker: Checker
    private let base: SealedHeader
    private let validators: ValidatorSet
    /// Blocks above the final tip that were seen.
    private var open: [Digest: Block] = [:]
    /// Executed blocks above the final tip, ascending.
    private var line: [Executed] = []
    private var finalHash: Digest
    /// Height of the last final block that was executed.
    package private(set) var finalHeight: Height
    /// Its time.
    package private(set) var finalTime: Timestamp
    /// Receipts root of the final tip's operations.
    private var finalReceiptsRoot: Digest
    private var checked = CheckedEnvelopes()
    /// What the last block found valid will change; it is the next to be executed as a rule.
    private var prepared: PreparedBlock?

    /// Begins at a state whose last block is `base`.
    package init(
        ledger: LedgerState, base: SealedHeader, validators: ValidatorSet, mempool: Mempool = Mempool(),
        checker: Checker
    ) {
        self.ledger = ledger
        self.base = base
        self.validators = validators
        self.mempool = mempool
        self.checker = checker
        finalHash = base.hash
        finalHeight = ledger.height
        finalTime = base.header.time
        finalReceiptsRoot = base.header.receiptsRoot
    }

    // MARK: Admission

    /// Verifies an envelope against the present state and takes it into the mempool.
    package mutating func admit(_ bytes: [UInt8]) throws(AdmissionRefusal) -> OperationID {
        let envelope: Envelope
        do throws(BCSError) {
            envelope = try Envelope(canonicalBytes: bytes)
        } catch {
            throw .envelope(.malformed(error))
        }
        let entry = Mempool.Entry(envelope, bytes: bytes)
        guard !mempool.contains(entry.id) else { throw .mempool(.duplicate(entry.id)) }
        do throws(ProofRefusal) {
            try checker.check(envelope, against: ledger)
        } catch {
            throw .envelope(error)
        }
        let operation = VerifiedOperation(of: envelope, id: entry.id)
        if let refusal = ledger.refusal(of: operation) { throw .ledger(refusal) }
        note(envelope, operation, hash: Digest(sha256: bytes))
        do throws(MempoolRefusal) {
            try mempool.insert(entry)
        } catch {
            throw .mempool(error)
        }
        return entry.id
    }

    /// The number for a subject's next operation, behind those that wait in the mempool.
    package func nextSequence(of subject: NodeID) -> UInt64 {
        max(ledger.nextSequence(of: subject), mempool.nextFreeSequence(of: subject) ?? 0)
    }

    /// Whether the mempool holds something that could go into the next block.
    package var hasOperations: Bool { !candidates(maximumCount: 1).isEmpty }

    private func candidates(maximumCount: Int) -> [Mempool.Entry] {
        mempool.batch(maximumBytes: ConsensusLimits.bodyBytesMax / 4, maximumCount: maximumCount) {
            ledger.nextSequence(of: $0)
        }
    }

    // MARK: Consensus

    /// A payload on top of `request.parent`; nil when its state cannot be computed here.
    package mutating func payload(for request: ProposalRequest) -> BlockPayload? {
        guard execute(upTo: request.parent.hash) else { return nil }
        guard let operations = admissible(for: request) else { return nil }
        return BlockPayload(
            operations: operations, stateRoot: ledger.stateRoot, receiptsRoot: receiptsRoot,
            nextValidators: validators.hash)
    }

    /// Waiting operations that every validator will let stand on this parent. Others cannot become valid by waiting in
    /// a proposal: one of them would have the whole block refused, and the next leader's as well. They are dropped,
    /// except those that only lack a predecessor.
    private mutating func admissible(for request: ProposalRequest) -> [[UInt8]]? {
        var dropped: [OperationID] = []
        var held: Set<NodeID> = []
        var entries: [Mempool.Entry] = []
        var operations: [VerifiedOperation] = []
        for entry in candidates(maximumCount: 2000) where !held.contains(entry.subject) {
            if let operation = accepted(entry.bytes) {
                entries.append(entry)
                operations.append(operation)
            } else {
                dropped.append(entry.id)
                held.insert(entry.subject)
            }
        }
        let context = BlockContext(
            height: request.parent.height + 1, time: request.time, hash: BlockHash(request.parent.hash),
            parentHash: BlockHash(request.parent.hash), proposer: NodeID(.zero))
        guard let verdicts = try? ledger.admissible(operations, in: context) else { return nil }
        var chosen: [[UInt8]] = []
        for (entry, isAdmitted) in zip(entries, verdicts) {
            if isAdmitted {
                chosen.append(entry.bytes)
            } else if held.insert(entry.subject).inserted {
                dropped.append(entry.id)
            }
        }
        mempool.remove(dropped)
        return chosen
    }

    /// Whether a block is one that this node would execute: roots, proofs, signatures.
    package mutating func isValid(_ block: Block) -> Bool {
        open[block.hash] = block
        guard execute(upTo: block.parentHash) else { return false }
        let header = block.header.header
        guard header.stateRoot == ledger.stateRoot, header.receiptsRoot == receiptsRoot,
            header.nextValidators == validators.hash, header.evidenceRoot == .zero
        else { return false }
        var operations: [VerifiedOperation] = []
        for bytes in block.operations {
            guard let operation = accepted(bytes) else { return false }
            operations.append(operation)
        }
        guard let prepared = try? ledger.prepare(context(of: block), operations: operations),
            prepared.refusal == nil
        else { return false }
        self.prepared = prepared
        return true
    }

    /// Makes a block final: executes it if need be, and forgets what lost against it. Nil when it cannot be executed
    /// here: it does not follow the last final block, or the state is damaged.
    package mutating func finalize(_ block: Block) -> BlockOutcome? {
        open[block.hash] = block
        if !line.contains(where: { $0.hash == block.hash }) {
            guard execute(upTo: block.hash) else { return nil }
        }
        guard let first = line.first, first.hash == block.hash else { return nil }
        line.removeFirst()
        finalHash = block.hash
        finalHeight = block.height
        finalTime = block.header.header.time
        finalReceiptsRoot = first.outcome.receiptsRoot
        open = open.filter { $0.value.height > block.height }
        mempool.remove(first.outcome.receipts.map(\.id))
        for bytes in block.operations { checked.remove(Digest(sha256: bytes)) }
        // By what is final only: blocks ahead of it may lose, and then their operations are needed again.
        mempool.prune(height: block.height, time: block.header.header.time) { first.nextSequences[$0] ?? 0 }
        return first.outcome
    }

    // MARK: The line

    /// Hash of the block after which the ledger stands.
    private var executedHash: Digest { line.last?.hash ?? finalHash }
    private var receiptsRoot: Digest { line.last?.outcome.receiptsRoot ?? finalReceiptsRoot }

    /// Brings the ledger to the state after `target`, going back over a lost branch where needed.
    private mutating func execute(upTo target: Digest) -> Bool {
        guard executedHash != target else { return true }
        var path: [Block] = []
        var cursor = target
        while cursor != finalHash, !line.contains(where: { $0.hash == cursor }) {
            guard let block = open[cursor] else { return false }
            path.append(block)
            cursor = block.parentHash
        }
        let kept = line.firstIndex { $0.hash == cursor }.map { $0 + 1 } ?? 0
        // What the ledger cannot take back must not be executed ahead of finality.
        guard kept + path.count <= LedgerState.undoBlocksMax, goBack(keeping: kept) else { return false }
        return path.reversed().allSatisfy { execute($0) }
    }

    private mutating func execute(_ block: Block) -> Bool {
        guard let prepared = preparation(of: block), let outcome = try? ledger.execute(prepared) else { return false }
        line.append(Executed(hash: block.hash, outcome: outcome, nextSequences: prepared.nextSequences))
        return true
    }

    private mutating func preparation(of block: Block) -> PreparedBlock? {
        defer { prepared = nil }
        let context = context(of: block)
        if let prepared, prepared.isMade(for: context, on: ledger) { return prepared }
        return try? ledger.prepare(context, operations: operations(of: block))
    }

    private mutating func goBack(keeping count: Int) -> Bool {
        guard count < line.count else { return true }
        guard (try? ledger.revert(toHeight: finalHeight + Height(count))) != nil else { return false }
        line.removeSubrange(count...)
        return true
    }

    private func context(of block: Block) -> BlockContext {
        let header = block.header.header
        return BlockContext(
            height: header.height,
            time: header.time,
            hash: BlockHash(block.hash),
            parentHash: BlockHash(header.parentHash),
            proposer: validators[header.proposer]?.node ?? NodeID(.zero)
        )
    }

    /// Operations of a block; bytes that are no envelope were refused before, so none is lost here.
    private func operations(of block: Block) -> [VerifiedOperation] {
        block.operations.compactMap { bytes in
            if let known = checked[Digest(sha256: bytes)] { return known.operation }
            return (try? Envelope(canonicalBytes: bytes)).map { VerifiedOperation(of: $0) }
        }
    }

    // MARK: Envelopes

    /// The operation of the envelope in these bytes, when it may stand after the present state.
    private mutating func accepted(_ bytes: [UInt8]) -> VerifiedOperation? {
        let hash = Digest(sha256: bytes)
        if let known = checked[hash] {
            return (try? checker.checkAgain(known.standing, against: ledger)).map { known.operation }
        }
        guard let envelope = try? Envelope(canonicalBytes: bytes),
            (try? checker.check(envelope, against: ledger)) != nil
        else { return nil }
        let operation = VerifiedOperation(of: envelope)
        note(envelope, operation, hash: hash)
        return operation
    }

    private mutating func note(_ envelope: Envelope, _ operation: VerifiedOperation, hash: Digest) {
        let standing = EnvelopeStanding(of: envelope, plot: ledger.plot(of: operation.subject))
        checked.add(CheckedEnvelopes.Entry(operation: operation, standing: standing), for: hash)
    }
}
