package import Canonical

/// An operation whose envelope and four proofs were verified. The ledger trusts `subject` and `id`, checks
/// `sequence`, and decodes `payload` itself.
package struct VerifiedOperation: Sendable, Hashable {
    package let id: OperationID
    /// Who signed the envelope.
    package let subject: NodeID
    /// Count of the subject's earlier operations.
    package let sequence: UInt64
    /// Canonical bytes of an `Operation`.
    package let payload: [UInt8]

    package init(id: OperationID, subject: NodeID, sequence: UInt64, payload: [UInt8]) {
        self.id = id
        self.subject = subject
        self.sequence = sequence
        self.payload = payload
    }
}
