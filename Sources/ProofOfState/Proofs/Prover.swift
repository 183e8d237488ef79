package import Canonical
package import Falcon

/// Makes the four proofs for a subject that holds its key and plot. The verifier shares no code path with it but the
/// formulas, and holds no secret.
package struct Prover: Sendable {
    package let subject: NodeID
    private let plot: any PlotSource
    private let certificate: Digest
    private let bond: Amount

    /// `certificate` is the SHA-256 of the DER certificate that grants the right, `.zero` while there is none.
    package init(plot: any PlotSource, certificate: Digest, bond: Amount) {
        subject = plot.subject
        self.plot = plot
        self.certificate = certificate
        self.bond = bond
    }

    /// The proofs that `policy` asks for, without that of space when the plot cannot be read. Expected cost: 2^workBits
    /// hashes.
    package func proofs(for intent: OperationIntent, policy: ProofPolicy) -> ProofBundle {
        let operationHash = intent.operationHash
        let challenge = intent.challenge(operationHash: operationHash)
        let binding = ProofBinding(of: intent, operationHash: operationHash)
        var bundle = ProofBundle()
        for kind in policy.required {
            switch kind {
            case .space:
                let index = SpaceProof.index(for: challenge, depth: plot.commitment.depth)
                bundle.space = plot.opening(at: index).map { SpaceProof(binding: binding, opening: $0) }
            case .stake:
                bundle.stake = StakeProof(binding: binding, certificate: certificate, bond: bond)
            case .work:
                bundle.work = WorkProof(binding: binding, nonce: nonce(for: challenge, bits: policy.workBitsMin))
            case .time:
                bundle.time = TimeProof(
                    binding: binding,
                    ticks: policy.ticksMin,
                    output: TimeProof.output(
                        challenge: challenge, anchor: intent.anchor.hash, ticks: policy.ticksMin))
            }
        }
        return bundle
    }

    /// Proves and signs.
    package func envelope(
        for intent: OperationIntent,
        policy: ProofPolicy,
        key: Falcon1024.PrivateKey
    ) throws(FalconError) -> Envelope {
        try Envelope(signing: intent, proofs: proofs(for: intent, policy: policy), with: key)
    }

    private func nonce(for challenge: Digest, bits: UInt8) -> UInt64 {
        var nonce: UInt64 = 0
        while WorkProof.zeroBits(challenge: challenge, nonce: nonce) < Int(bits) { nonce &+= 1 }
        return nonce
    }
}
