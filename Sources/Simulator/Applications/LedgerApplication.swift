import Caesar
package import Canonical
import Ledger
package import ProofOfState

/// The real ledger, mempool and line of blocks, as a node runs them, with checks of its own beside it.
package struct LedgerApplication: SimulatedApplication {
    package typealias Clients = LedgerClients

    private static let mempoolBytesMax = 24 << 10
    private static let mempoolSubjectBytesMax = 6 << 10

    private(set) var line: BlockLine<RegistryEnvelopes>
    package private(set) var stateRoot: Digest
    package private(set) var brokenInvariant: String?
    /// Counted here from final blocks alone, independent of the ledger.
    private var nextSequences: [NodeID: UInt64] = [:]
    private var executed: Set<OperationID> = []

    package init(_ configuration: ConsensusConfiguration) throws(SimulationError) {
        let genesis: LedgerState
        do throws(LedgerError) {
            genesis = try LedgerWorld.genesis.get()
        } catch {
            throw .ledger(error)
        }
        line = BlockLine(
            ledger: genesis, base: configuration.base, validators: configuration.validators,
            mempool: Mempool(
                byteLimit: LedgerApplication.mempoolBytesMax,
                subjectByteLimit: LedgerApplication.mempoolSubjectBytesMax),
            checker: RegistryEnvelopes())
        stateRoot = genesis.stateRoot
    }

    package mutating func submit(_ operation: [UInt8]) {
        // Clients also send what has to be refused; the reason is the ledger's business and has tests of its own.
        _ = try? line.admit(operation)
        checkMempool()
    }

    package var hasOperations: Bool { line.hasOperations }

    package mutating func payload(for request: ProposalRequest) -> BlockPayload? { line.payload(for: request) }

    package mutating func verify(_ block: Block) -> Bool { line.isValid(block) }

    package mutating func finalize(_ block: Block) {
        guard let outcome = line.finalize(block) else {
            note("final block \(block.height) cannot be executed")
            return
        }
        stateRoot = outcome.stateRoot
        checkReceipts(outcome, of: block)
        checkMempool()
        do throws(CaesarError) {
            try Caesar.checkConservation(over: line.ledger.entries)
        } catch {
            note("after block \(block.height): \(error)")
        }
    }

    private mutating func checkReceipts(_ outcome: BlockOutcome, of block: Block) {
        guard outcome.receipts.count == block.operations.count else {
            return note("block \(block.height) has another number of receipts than operations")
        }
        for (bytes, receipt) in zip(block.operations, outcome.receipts) {
            guard let envelope = try? Envelope(canonicalBytes: bytes), envelope.id == receipt.id else {
                return note("a receipt of block \(block.height) is not that of its operation")
            }
            let intent = envelope.intent
            let next = nextSequences[intent.subject, default: 0]
            guard intent.sequence == next else {
                return note("sequence \(intent.sequence) of \(intent.subject) became final where \(next) was next")
            }
            nextSequences[intent.subject] = next + 1
            guard executed.insert(receipt.id).inserted else { return note("operation \(receipt.id) is final twice") }
            guard receipt.fee > .zero else { return note("operation \(receipt.id) paid no fee") }
        }
    }

    private mutating func checkMempool() {
        guard line.mempool.byteCount <= LedgerApplication.mempoolBytesMax else {
            return note("the mempool holds \(line.mempool.byteCount) bytes")
        }
        if line.mempool.isEmpty != (line.mempool.byteCount == 0) { note("the mempool's bytes do not add up") }
    }

    private mutating func note(_ problem: String) {
        if brokenInvariant == nil { brokenInvariant = problem }
    }
}
