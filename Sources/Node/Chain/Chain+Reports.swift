package import Canonical
package import Ledger
import Logging
package import ProofOfState

extension ReplicatedChain {
    func note(_ evidence: Evidence) {
        logger.error("evidence of contradiction", metadata: ["evidence": "\(evidence)"])
        if evidenceSeen.count < 64 { evidenceSeen.append(evidence) }
    }

    func note(_ report: ConsensusReport) {
        switch report {
        case .enteredView(let view, let leader):
            logger.trace("entered view", metadata: ["view": "\(view)", "leader": "\(leader)"])
        case .timedOut(let view, let delta):
            logger.info("view timed out", metadata: ["view": "\(view)", "deltaMilliseconds": "\(delta / 1_000_000)"])
        case .refusedProposal(let view, _, let reason):
            logger.warning("proposal refused", metadata: ["view": "\(view)", "reason": "\(reason)"])
        case .certifiedBlockRefused(let view, let hash):
            logger.critical(
                "a quorum notarized a block that is invalid here",
                metadata: ["view": "\(view)", "block": "\(hash.shortDescription)"])
        case .conflictingCertificates(let view):
            logger.critical("two quorums contradict each other; voting stopped", metadata: ["view": "\(view)"])
        case .couldNotSign(let view):
            logger.error("the node's key gave no signature", metadata: ["view": "\(view)"])
        }
    }
}

extension Chain {
    /// Reads the ledger as of the last executed block.
    package func read<Value: Sendable>(_ body: @Sendable (LedgerState) throws -> Value) rethrows -> Value {
        try body(application.ledger)
    }
}
