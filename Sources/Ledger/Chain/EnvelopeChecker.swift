package import ProofOfState

/// Decides whether an envelope may enter the block after a state. The verdict depends on nothing but envelope and
/// state, so that all validators come to the same one. Production uses `ProvenEnvelopes`.
package protocol EnvelopeChecker: Sendable {
    /// Everything: proofs, window and signature.
    func check(_ envelope: Envelope, against state: LedgerState) throws(ProofRefusal)

    /// What may have changed with the state since `check` accepted the same bytes.
    func checkAgain(_ standing: EnvelopeStanding, against state: LedgerState) throws(ProofRefusal)
}
