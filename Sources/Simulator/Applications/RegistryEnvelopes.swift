import Canonical
package import Ledger
package import ProofOfState

/// Stands in for proofs and signatures: a keyed hash over what would be signed, whose key nobody in the simulation
/// uses for another's envelope. Network, anchor, expiry and sequence are checked by the real rule.
package struct RegistryEnvelopes: EnvelopeChecker {
    package func check(_ envelope: Envelope, against state: LedgerState) throws(ProofRefusal) {
        try EnvelopeVerifier.verifyWindow(envelope.intent, state)
        let tag = RegistryEnvelopes.tag(of: envelope.intent)
        guard envelope.signature == tag else { throw .badSignature }
    }

    package func checkAgain(_ standing: EnvelopeStanding, against state: LedgerState) throws(ProofRefusal) {
        try EnvelopeVerifier.verifyWindow(standing.intent, state)
    }

    /// The envelope as its subject makes it.
    static func sealed(_ intent: OperationIntent) -> Envelope {
        Envelope(intent: intent, proofs: ProofBundle(), signature: tag(of: intent))
    }

    private static func tag(of intent: OperationIntent) -> [UInt8] {
        Digest(sha256: intent.subject.bytes + intent.challenge.bytes + Array("simulated secret".utf8)).bytes
    }
}
