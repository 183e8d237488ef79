package import Canonical
package import Falcon

/// Checks an envelope against ledger state. Holds no secret and does no work beyond checking.
package enum EnvelopeVerifier {
    /// Checks everything but the sequence's exact place: the mempool takes operations that wait for an earlier one.
    ///
    /// Cheap checks come first, the signature last, so that nonsense costs a verifier little.
    package static func verify(_ envelope: Envelope, against state: some AdmissionState) throws(ProofRefusal) {
        let intent = envelope.intent
        guard let policy = state.policy(for: intent.kind) else { throw .unknownKind(intent.kind) }
        try verifyWindow(intent, state)
        let identity = try identity(of: intent, policy: policy, state)
        try verifyProofs(envelope, policy: policy, plot: identity.plot, state)
        guard identity.key.isValidSignature(envelope.signature, for: envelope.signedMessage) else {
            throw .badSignature
        }
    }

    /// For an envelope that `verify` accepted against another state: checks again what depends on the state, that is,
    /// the window, the plot, and what is at stake. Key, work and time cannot have changed.
    package static func verify(again standing: EnvelopeStanding, against state: some AdmissionState)
        throws(ProofRefusal)
    {
        let intent = standing.intent
        guard let policy = state.policy(for: intent.kind) else { throw .unknownKind(intent.kind) }
        try verifyWindow(intent, state)
        if !policy.isBootstrap {
            guard let plot = state.plot(of: intent.subject) else { throw .unknownSubject(intent.subject) }
            if plot != standing.plot, let space = standing.space {
                let check = ProofCheck(intent: intent, challenge: intent.challenge, policy: policy)
                try check.verify(space, plot: plot)
            }
        }
        if let stake = standing.stake {
            try ProofCheck.verify(stake, of: intent.subject, policy: policy, state)
        }
    }

    /// Network, anchor, expiry and sequence: whether the operation may still, and already, enter a block.
    package static func verifyWindow(_ intent: OperationIntent, _ state: some AdmissionState) throws(ProofRefusal) {
        guard intent.network == state.network else { throw .wrongNetwork }
        let tip = state.tipHeight
        let oldest = tip > ProofLimits.anchorAgeBlocksMax ? tip - ProofLimits.anchorAgeBlocksMax : 0
        guard intent.anchor.height >= oldest else { throw .staleAnchor(height: intent.anchor.height, oldest: oldest) }
        guard intent.anchor.height <= tip else { throw .futureAnchor(height: intent.anchor.height, tip: tip) }
        guard state.finalBlockHash(at: intent.anchor.height) == intent.anchor.hash else {
            throw .anchorNotOnChain(height: intent.anchor.height)
        }
        guard intent.expiryHeight > tip, intent.expiryTime > state.tipTime else { throw .expired }
        let last = tip + ProofLimits.expiryBlocksMax
        guard intent.expiryHeight <= last else { throw .expiryTooFar(height: intent.expiryHeight, last: last) }
        let next = state.nextSequence(of: intent.subject)
        guard intent.sequence >= next else { throw .replayedSequence(have: intent.sequence, next: next) }
        guard intent.sequence - next <= ProofLimits.sequenceGapMax else {
            throw .sequenceTooFar(have: intent.sequence, next: next)
        }
    }

    private static func identity(
        of intent: OperationIntent,
        policy: ProofPolicy,
        _ state: some AdmissionState
    ) throws(ProofRefusal) -> (key: Falcon1024.PublicKey, plot: PlotCommitment) {
        if policy.isBootstrap, let bootstrap = state.bootstrapIdentity(in: intent) {
            guard NodeID(publicKey: bootstrap.publicKey.rawRepresentation) == intent.subject else {
                throw .proof(.space, .boundToAnotherKey)
            }
            guard bootstrap.audit.supports(bootstrap.plot, subject: intent.subject) else {
                throw .proof(.space, .wrong("the committed plot fails its audit"))
            }
            return (bootstrap.publicKey, bootstrap.plot)
        }
        guard let key = state.publicKey(of: intent.subject), let plot = state.plot(of: intent.subject) else {
            throw .unknownSubject(intent.subject)
        }
        return (key, plot)
    }

    private static func verifyProofs(
        _ envelope: Envelope,
        policy: ProofPolicy,
        plot: PlotCommitment,
        _ state: some AdmissionState
    ) throws(ProofRefusal) {
        let intent = envelope.intent
        let operationHash = intent.operationHash
        let expected = ProofBinding(of: intent, operationHash: operationHash)
        for kind in policy.required {
            guard let binding = envelope.proofs.binding(of: kind) else { throw .proof(kind, .missing) }
            try verifyBinding(binding, expected: expected, kind: kind, state, subject: intent.subject)
        }
        let check = ProofCheck(
            intent: intent,
            challenge: intent.challenge(operationHash: operationHash),
            policy: policy
        )
        let proofs = envelope.proofs
        if let space = proofs.space { try check.verify(space, plot: plot) }
        if let stake = proofs.stake { try ProofCheck.verify(stake, of: intent.subject, policy: policy, state) }
        if let work = proofs.work { try check.verify(work) }
        if let time = proofs.time { try check.verify(time) }
    }

    /// Names why a proof that was made for something else was made for something else.
    private static func verifyBinding(
        _ binding: ProofBinding,
        expected: ProofBinding,
        kind: ProofKind,
        _ state: some AdmissionState,
        subject: NodeID
    ) throws(ProofRefusal) {
        guard binding != expected else { return }
        guard binding.subject == expected.subject else { throw .proof(kind, .boundToAnotherKey) }
        let tip = state.tipHeight
        let oldest = tip > ProofLimits.anchorAgeBlocksMax ? tip - ProofLimits.anchorAgeBlocksMax : 0
        guard binding.anchorHeight >= oldest else {
            throw .proof(kind, .stale(anchorHeight: binding.anchorHeight, oldest: oldest))
        }
        guard binding.anchorHeight <= tip else {
            throw .proof(kind, .future(anchorHeight: binding.anchorHeight, tip: tip))
        }
        let next = state.nextSequence(of: subject)
        guard binding.sequence >= next else {
            throw .proof(kind, .replayed(sequence: binding.sequence, next: next))
        }
        throw .proof(kind, .boundToAnotherOperation)
    }
}
