package import Canonical

/// What of an envelope that `EnvelopeVerifier.verify` accepted has to be looked at again when the state has changed.
/// Signature, work and time depend on the envelope alone.
package struct EnvelopeStanding: Sendable {
    package let intent: OperationIntent
    let space: SpaceProof?
    let stake: StakeProof?
    /// The plot that `space` was verified against; nil when the envelope brought its own.
    let plot: PlotCommitment?

    /// - Parameter plot: the subject's plot in the state that the envelope was verified against.
    package init(of envelope: Envelope, plot: PlotCommitment?) {
        intent = envelope.intent
        space = envelope.proofs.space
        stake = envelope.proofs.stake
        self.plot = plot
    }
}
