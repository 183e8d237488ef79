package import Canonical
package import Ledger
package import ProofOfState

/// What consensus agrees on: executes blocks in a line, ahead of finality, and goes back when another branch wins.
/// Belongs to the `Chain` actor.
package struct ChainApplication {
    /// Results of an executed block.
    private struct Executed {
        let hash: Digest
        let outcome: BlockOutcome
    }

    package private(set) var ledger: LedgerState
    package var mempool = Mempool()
    private let base: SealedHeader
    private let validators: ValidatorSet
    /// Blocks above the final tip that were seen.
    private var open: [Digest: Block] = [:]
    /// Executed blocks above the final tip, ascending.
    private var line: [Executed] = []
    private var finalHash: Digest
    /// Height of the last final block that was executed.
    private(set) var finalHeight: Height = 0
    /// Its time.
    private(set) var finalTime: Timestamp
    /// Receipts root of the final tip's operations.
    private var finalReceiptsRoot: Digest
    /// Envelopes whose proofs and signature were verified, by the hash of their bytes; two generations.
    private var verified: Set<Digest> = []
    private var verifiedBefore: Set<Digest> = []

    package init(ledger: LedgerState, base: SealedHeader, validators: ValidatorSet) {
        self.ledger = ledger
        self.base = base
        self.validators = validators
        finalHash = base.hash
        finalTime = base.header.time
        finalReceiptsRoot = base.header.receiptsRoot
    }

    // MARK: Admission

    /// Verifies an envelope against the present state and takes it into the mempool.
    package mutating func admit(_ bytes: [UInt8]) throws(NodeError) -> OperationID {
        let envelope: Envelope
        do throws(BCSError) {
            envelope = try Envelope(canonicalBytes: bytes)
        } catch {
            throw .refusedEnvelope(.malformed(error))
        }
        let entry = Mempool.Entry(envelope, bytes: bytes)
        guard !mempool.contains(entry.id) else { throw .mempool(.duplicate(entry.id)) }
        do throws(ProofRefusal) {
            try EnvelopeVerifier.verify(envelope, against: ledger)
        } catch {
            throw .refusedEnvelope(error)
        }
        noteVerified(bytes)
        do throws(MempoolRefusal) {
            try mempool.insert(entry)
        } catch {
            throw .mempool(error)
        }
        return entry.id
    }

    // MARK: Consensus

    /// A payload on top of `request.parent`; nil when its state cannot be computed here.
    package mutating func payload(for request: ProposalRequest) -> BlockPayload? {
        guard execute(upTo: request.parent.hash) else { return nil }
        let ledger = ledger
        let entries = mempool.batch(
            maximumBytes: ConsensusLimits.bodyBytesMax / 4, maximumCount: 2000,
            nextSequence: { ledger.nextSequence(of: $0) })
        return BlockPayload(
            operations: entries.map(\.bytes),
            stateRoot: ledger.stateRoot,
            receiptsRoot: receiptsRoot,
            nextValidators: validators.hash
        )
    }

    /// Whether a block is one that this node would execute: roots, proofs, signatures.
    package mutating func isValid(_ block: Block) -> Bool {
        open[block.hash] = block
        guard execute(upTo: block.parentHash) else { return false }
        let header = block.header.header
        guard header.stateRoot == ledger.stateRoot, header.receiptsRoot == receiptsRoot else { return false }
        guard block.operations.allSatisfy({ isValid($0) }) else { return false }
        do throws(LedgerError) {
            return try ledger.checkProposal(context(of: block), operations: operations(of: block)) == nil
        } catch {
            return false
        }
    }

    /// Makes a block final: executes it if need be, and forgets what lost against it.
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
        let ledger = ledger
        mempool.remove(first.outcome.receipts.map(\.id))
        mempool.prune(height: block.height, time: block.header.header.time) { ledger.nextSequence(of: $0) }
        return first.outcome
    }

    /// Whether the mempool holds something that could go into the next block.
    package var hasOperations: Bool {
        let ledger = ledger
        return !mempool.batch(maximumBytes: 1 << 20, maximumCount: 1) { ledger.nextSequence(of: $0) }.isEmpty
    }

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
        goBack(to: cursor)
        for block in path.reversed() {
            guard let outcome = try? ledger.execute(context(of: block), operations: operations(of: block)) else { return false }
            line.append(Executed(hash: block.hash, outcome: outcome))
        }
        return true
    }

    private mutating func goBack(to hash: Digest) {
        let keep = (line.firstIndex { $0.hash == hash }).map { $0 + 1 } ?? 0
        guard keep < line.count else { return }
        line.removeSubrange(keep...)
        // The line never leaves what the ledger can take back: finality follows execution by a few blocks.
        try? ledger.revert(toHeight: finalHeight + Height(keep))
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
            (try? Envelope(canonicalBytes: bytes)).map { VerifiedOperation(of: $0) }
        }
    }

    private mutating func isValid(_ bytes: [UInt8]) -> Bool {
        guard let envelope = try? Envelope(canonicalBytes: bytes) else { return false }
        if isVerified(bytes) {
            return (try? EnvelopeVerifier.verifyWindow(envelope.intent, ledger)) != nil
        }
        guard (try? EnvelopeVerifier.verify(envelope, against: ledger)) != nil else { return false }
        noteVerified(bytes)
        return true
    }

    private func isVerified(_ bytes: [UInt8]) -> Bool {
        let digest = Digest(sha256: bytes)
        return verified.contains(digest) || verifiedBefore.contains(digest)
    }

    private mutating func noteVerified(_ bytes: [UInt8]) {
        verified.insert(Digest(sha256: bytes))
        guard verified.count > 50_000 else { return }
        verifiedBefore = verified
        verified.removeAll()
    }
}
