import Canonical

/// The content of each proof against one challenge and policy row.
struct ProofCheck {
    let intent: OperationIntent
    let challenge: Digest
    let policy: ProofPolicy

    func verify(_ space: SpaceProof, plot: PlotCommitment) throws(ProofRefusal) {
        guard plot.depth >= policy.plotDepthMin else {
            throw .proof(.space, .belowFloor(have: bytes(plot.depth), need: bytes(policy.plotDepthMin)))
        }
        guard space.opening.index == SpaceProof.index(for: challenge, depth: plot.depth) else {
            throw .proof(.space, .wrong("opens another label than the challenge chose"))
        }
        guard space.opening.leads(to: plot.root, depth: plot.depth) else {
            throw .proof(.space, .wrong("the path does not lead to the committed root"))
        }
    }

    /// What is at stake depends on subject and state, not on the challenge.
    static func verify(
        _ stake: StakeProof, of subject: NodeID, policy: ProofPolicy, _ state: some AdmissionState
    ) throws(ProofRefusal) {
        let bond = state.bond(of: subject)
        guard bond >= policy.bondMin, stake.bond >= policy.bondMin else {
            throw .proof(.stake, .belowFloor(have: "\(min(bond, stake.bond)) CAES", need: "\(policy.bondMin) CAES"))
        }
        guard stake.bond <= bond else {
            throw .proof(.stake, .wrong("claims a bond of \(stake.bond) CAES, has \(bond)"))
        }
        guard !policy.isBootstrap || stake.certificate != .zero else { return }
        guard let standing = state.certificate(stake.certificate) else {
            throw .proof(.stake, .wrong("the certificate is not on the ledger"))
        }
        guard standing.subject == subject else { throw .proof(.stake, .boundToAnotherKey) }
        guard !standing.isRevoked else { throw .proof(.stake, .wrong("the certificate is revoked")) }
        guard standing.notBefore <= state.tipTime || state.tipHeight == 0 else {
            throw .proof(.stake, .wrong("the certificate is not valid yet"))
        }
        guard standing.notAfter >= state.tipTime else { throw .proof(.stake, .wrong("the certificate is expired")) }
    }

    func verify(_ work: WorkProof) throws(ProofRefusal) {
        let bits = WorkProof.zeroBits(challenge: challenge, nonce: work.nonce)
        guard bits >= Int(policy.workBitsMin) else {
            throw .proof(.work, .belowFloor(have: "\(bits) bits", need: "\(policy.workBitsMin) bits"))
        }
    }

    func verify(_ time: TimeProof) throws(ProofRefusal) {
        guard time.ticks >= policy.ticksMin else {
            throw .proof(.time, .belowFloor(have: "\(time.ticks) ticks", need: "\(policy.ticksMin) ticks"))
        }
        guard time.ticks <= ProofLimits.ticksMax else {
            throw .proof(.time, .wrong("\(time.ticks) ticks are more than a verifier repeats"))
        }
        let output = TimeProof.output(challenge: challenge, anchor: intent.anchor.hash, ticks: time.ticks)
        guard output == time.output else { throw .proof(.time, .wrong("the chain of ticks ends elsewhere")) }
    }

    private func bytes(_ depth: UInt8) -> String {
        "\(UInt64(Digest.byteCount) << UInt64(min(depth, UInt8(ProofLimits.plotDepthMax)))) bytes"
    }
}
