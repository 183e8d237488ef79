package import Canonical
package import ProofOfState

/// An operation whose envelope and four proofs were verified. The ledger trusts `subject` and `id`; it checks the
/// sequence, the window, and that `kind` is what `payload` really is.
package struct VerifiedOperation: Sendable, Hashable {
    package let id: OperationID
    /// Who signed the envelope.
    package let subject: NodeID
    /// Count of the subject's earlier operations.
    package let sequence: UInt64
    /// Row of the policy table that the proofs were checked against.
    package let kind: UInt16
    /// Canonical bytes of an `Operation`.
    package let payload: [UInt8]
    /// Last height at which a block may hold it.
    package let expiryHeight: UInt64
    /// Last block time at which a block may hold it.
    package let expiryTime: Timestamp

    package init(
        id: OperationID, subject: NodeID, sequence: UInt64, kind: UInt16, payload: [UInt8],
        expiryHeight: UInt64 = .max, expiryTime: Timestamp = .distantFuture
    ) {
        self.id = id
        self.subject = subject
        self.sequence = sequence
        self.kind = kind
        self.payload = payload
        self.expiryHeight = expiryHeight
        self.expiryTime = expiryTime
    }

    /// What an envelope asks for, once `EnvelopeVerifier` has accepted it (or a final block holds it).
    /// - Parameter id: the envelope's, where it is known already; it costs a hash.
    package init(of envelope: Envelope, id: OperationID? = nil) {
        let intent = envelope.intent
        self.init(
            id: id ?? envelope.id, subject: intent.subject, sequence: intent.sequence, kind: intent.kind,
            payload: intent.operation, expiryHeight: intent.expiryHeight, expiryTime: intent.expiryTime)
    }
}
