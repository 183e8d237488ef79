package import Canonical
package import Ledger
package import ProofOfState

extension Chain {
    /// What a submitter needs; nil when the policy has no such kind.
    package func submissionContext(subject: NodeID, kind: UInt16) -> SubmissionContext? {
        let ledger = application.ledger
        guard let policy = ledger.policy(for: kind), let fee = ledger.fee(for: kind),
            let anchor = ledger.finalBlockHash(at: application.finalHeight)
        else { return nil }
        return SubmissionContext(
            network: ledger.network,
            anchor: Anchor(height: application.finalHeight, hash: anchor),
            tipTime: application.finalTime,
            nextSequence: application.nextSequence(of: subject),
            policy: policy,
            fee: fee,
            bond: ledger.bond(of: subject)
        )
    }
}
