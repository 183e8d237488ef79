import Canonical
import Falcon
import Ledger
import ProofOfState

/// Submits operations of the node itself, one after another, with all four proofs.
actor OperationSubmitter {
    private let chain: Chain
    private let prover: Prover
    private let key: Falcon1024.PrivateKey
    /// The number after the last one used here; the ledger may lag behind it.
    private var nextSequence: UInt64 = 0

    init(chain: Chain, prover: Prover, key: Falcon1024.PrivateKey) {
        self.chain = chain
        self.prover = prover
        self.key = key
    }

    /// Proves, signs and admits an operation; returns its id as soon as it waits in the mempool.
    func submit(_ operation: Ledger.Operation) async throws -> OperationID {
        let kind = UInt16(operation.kind.rawValue)
        let subject = prover.subject
        guard let context = await chain.submissionContext(subject: subject, kind: kind) else {
            throw NodeError.refusedEnvelope(.unknownKind(kind))
        }
        nextSequence = max(nextSequence, context.nextSequence)
        var intent = context.intent(subject: subject, kind: kind, operation: operation.canonicalBytes)
        intent.sequence = nextSequence
        let envelope = try prover.envelope(for: intent, policy: context.policy, key: key)
        let id = try await chain.admit(envelope.canonicalBytes)
        nextSequence = intent.sequence + 1
        return id
    }
}
