import Canonical
import Ledger
import Logging
import ProofOfState

/// Rebuilds a chain from genesis and the stored blocks.
struct ChainRecovery {
    let founded: NodeFoundation
    let log: ChainLog
    let recovered: ChainLog.Recovered
    let trust: TrustView

    /// The chain of the ledger that genesis begins.
    func chain(output: any ChainOutput, logger: Logger) throws(NodeError) -> Chain {
        let ledger: LedgerState
        do throws(LedgerError) {
            ledger = try LedgerState(founded.genesis)
        } catch {
            throw .ledger(error)
        }
        return try chain(stateRoot: ledger.stateRoot, output: output, logger: logger) { base in
            ChainApplication(ledger: ledger, base: base, validators: founded.validators)
        }
    }

    /// A chain of an application that begins with the state of `stateRoot`, made with the block under its first one.
    func chain<Application>(
        stateRoot: Digest, output: any ChainOutput, logger: Logger,
        _ begin: (_ base: SealedHeader) -> Application
    ) throws(NodeError) -> ReplicatedChain<Application> {
        let base = founded.base(stateRoot: stateRoot)
        let configuration = ConsensusConfiguration(
            context: founded.signingContext, validators: founded.validators,
            seed: Digest(.node, founded.genesis.networkID.bytes), me: founded.me, base: base)
        let consensus = Consensus(
            configuration, signer: FalconConsensusSigner(key: founded.identity.key), tip: recovered.tip,
            records: recovered.records)
        var application = begin(base)
        let root = try replay(into: &application, from: stateRoot, through: consensus.tip.height)
        logger.info(
            "chain recovered",
            metadata: ["height": "\(consensus.tip.height)", "openRecords": "\(recovered.records.count)"])
        return ReplicatedChain(
            consensus: consensus, application: application, log: log, output: output, logger: logger,
            lastRoot: (consensus.tip.height, root))
    }

    /// Executes the stored final blocks again; their roots must be what later headers say.
    /// - Returns: the root after the last of them.
    private func replay(
        into application: inout some ReplicatedApplication, from stateRoot: Digest, through height: Height
    ) throws(NodeError) -> Digest {
        var root = stateRoot
        for next in stride(from: Height(1), through: height, by: 1) {
            guard let block = try log.finalBlock(at: next) else { throw .foreignChain }
            guard block.header.header.network == founded.genesis.networkID,
                root == block.header.header.stateRoot,
                let outcome = application.finalize(block)
            else { throw .foreignChain }
            root = outcome.stateRoot
            trust.note(outcome.events)
        }
        return root
    }
}

extension NodeFoundation {
    /// The block under the first epoch: height 0, made of genesis alone.
    func base(stateRoot: Digest) -> SealedHeader {
        let block = Block(
            sealing: BlockHeader(
                network: genesis.networkID, epoch: 0, height: 0, view: 0, parentView: 0, parentHash: .zero,
                operationsRoot: .zero, stateRoot: stateRoot, receiptsRoot: .zero, validators: validators.hash,
                nextValidators: validators.hash, evidenceRoot: .zero, proposer: 0, time: genesis.time, bodyRoot: .zero),
            operations: [])
        return block.header
    }
}
