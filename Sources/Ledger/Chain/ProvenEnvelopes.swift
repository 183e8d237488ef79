package import ProofOfState

/// The rule of a real mesh: four proofs under a FALCON-1024 signature.
package struct ProvenEnvelopes: EnvelopeChecker {
    package init() {}

    package func check(_ envelope: Envelope, against state: LedgerState) throws(ProofRefusal) {
        try EnvelopeVerifier.verify(envelope, against: state)
    }

    package func checkAgain(_ standing: EnvelopeStanding, against state: LedgerState) throws(ProofRefusal) {
        try EnvelopeVerifier.verify(again: standing, against: state)
    }
}

extension BlockLine where Checker == ProvenEnvelopes {
    /// The line of a real mesh.
    package init(ledger: LedgerState, base: SealedHeader, validators: ValidatorSet) {
        self.init(ledger: ledger, base: base, validators: validators, checker: ProvenEnvelopes())
    }
}
