/// Names of a node's services. `docs/formats/services.md` lists their messages.
package enum NodeService {
    /// Channel between validators: `ConsensusMessage`.
    package static let consensus = "consensus"
    /// Channel between validators: envelopes.
    package static let gossip = "gossip"
    /// Call: nothing → `NodeStatus`.
    package static let status = "node.status"
    /// Call: `SubmissionContextRequest` → `SubmissionContext`.
    package static let context = "ledger.context"
    /// Call: envelope → `OperationID`.
    package static let submit = "ledger.submit"
    /// Call: envelope → `FinalReceipt`, as soon as the operation is final. May be repeated, here or at another node, while
    /// the operation waits.
    package static let settle = "ledger.settle"
    /// Call: `OperationID` → `FinalReceipt`, as soon as the operation is final.
    package static let wait = "ledger.wait"
    /// Call: `NodeID` → `AccountReport`.
    package static let account = "ledger.account"
    /// Call: `JobID` → `JobReport`.
    package static let job = "catalog.job"
    /// Call: `ProgramID` → whether it is published (`Bool`).
    package static let program = "catalog.program"
    /// Call: SHA-256 of a certificate → `CertificateStandingReport`.
    package static let certificate = "trust.certificate"
    /// Call: nothing → `CertificateLogReport`.
    package static let certificateLog = "trust.log"
}
