package import Canonical

/// What the application puts into a proposal.
package struct BlockPayload: Sendable, Hashable {
    /// Canonical envelopes in order of execution.
    package var operations: [[UInt8]]
    /// State root after the parent was executed.
    package var stateRoot: Digest
    /// Root over the receipts of the parent's operations.
    package var receiptsRoot: Digest
    /// Hash of the next epoch's validator set, as of the parent.
    package var nextValidators: Digest
    /// Root over the evidence among the operations; zero when none.
    package var evidenceRoot: Digest

    package init(
        operations: [[UInt8]], stateRoot: Digest, receiptsRoot: Digest, nextValidators: Digest,
        evidenceRoot: Digest = .zero
    ) {
        self.operations = operations
        self.stateRoot = stateRoot
        self.receiptsRoot = receiptsRoot
        self.nextValidators = nextValidators
        self.evidenceRoot = evidenceRoot
    }
}
