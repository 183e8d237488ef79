import Canonical
import Falcon
import ProofOfState
import Testing

@Suite struct EnvelopeVerifierTests {
    private func refusal(_ envelope: Envelope, _ state: ProofFixture) -> ProofRefusal? {
        do throws(ProofRefusal) {
            try EnvelopeVerifier.verify(envelope, against: state)
            return nil
        } catch {
            return error
        }
    }

    @Test func `takes an operation with all four proofs, and gives back its bytes`() throws {
        let state = ProofFixture()
        let envelope = try state.envelope(state.intent())
        #expect(refusal(envelope, state) == nil)
        #expect(try Envelope(canonicalBytes: envelope.canonicalBytes) == envelope)
    }

    @Test(arguments: ProofKind.allCases)
    func `names each missing proof`(kind: ProofKind) throws {
        let state = ProofFixture()
        let intent = state.intent()
        var proofs = state.proofs(for: intent)
        switch kind {
        case .space: proofs.space = nil
        case .stake: proofs.stake = nil
        case .work: proofs.work = nil
        case .time: proofs.time = nil
        }
        #expect(refusal(try state.envelope(intent, proofs), state) == .proof(kind, .missing))
    }

    /// One proof of the bundle comes from another intent.
    private func transplanted(
        _ kind: ProofKind, from other: OperationIntent, into intent: OperationIntent, _ state: ProofFixture,
        donor: ProofFixture? = nil
    ) throws -> Envelope {
        var proofs = state.proofs(for: intent)
        let foreign = (donor ?? state).proofs(for: other)
        switch kind {
        case .space: proofs.space = foreign.space
        case .stake: proofs.stake = foreign.stake
        case .work: proofs.work = foreign.work
        case .time: proofs.time = foreign.time
        }
        return try state.envelope(intent, proofs)
    }

    @Test(arguments: ProofKind.allCases)
    func `names a proof of another operation, another key, an old and a future anchor, a used sequence`(
        kind: ProofKind
    ) throws {
        let state = ProofFixture()
        let intent = state.intent()
        let otherOperation = state.intent([7, 7])
        #expect(
            refusal(try transplanted(kind, from: otherOperation, into: intent, state), state)
                == .proof(kind, .boundToAnotherOperation))
        let thief = ProofFixture(1)
        #expect(
            refusal(try transplanted(kind, from: thief.intent(), into: intent, state, donor: thief), state)
                == .proof(kind, .boundToAnotherKey))
        let old = state.intent(anchor: state.tipHeight - ProofLimits.anchorAgeBlocksMax - 1)
        #expect(
            refusal(try transplanted(kind, from: old, into: intent, state), state)
                == .proof(kind, .stale(anchorHeight: old.anchor.height, oldest: 244)))
        let future = state.intent(anchor: state.tipHeight + 1)
        #expect(
            refusal(try transplanted(kind, from: future, into: intent, state), state)
                == .proof(kind, .future(anchorHeight: 501, tip: 500)))
        let used = state.intent(sequence: state.next - 1)
        #expect(
            refusal(try transplanted(kind, from: used, into: intent, state), state)
                == .proof(kind, .replayed(sequence: 4, next: 5)))
    }

    @Test func `names what falls below a floor`() throws {
        let state = ProofFixture()
        let envelope = try state.envelope(state.intent())
        var strict = state
        strict.policies[ProofFixture.kind]?.plotDepthMin = 9
        #expect(
            refusal(envelope, strict)
                == .proof(.space, .belowFloor(have: "8192 bytes", need: "16384 bytes")))
        strict = state
        strict.policies[ProofFixture.kind]?.bondMin = Amount(caes: 11)
        #expect(refusal(envelope, strict) == .proof(.stake, .belowFloor(have: "5 CAES", need: "11 CAES")))
        strict = state
        strict.policies[ProofFixture.kind]?.workBitsMin = 63
        guard case .proof(.work, .belowFloor(_, need: "63 bits")) = refusal(envelope, strict) else {
            Issue.record("work below the floor was not named")
            return
        }
        strict = state
        strict.policies[ProofFixture.kind]?.ticksMin = 65
        #expect(refusal(envelope, strict) == .proof(.time, .belowFloor(have: "64 ticks", need: "65 ticks")))
    }

    @Test func `names what is wrong in a proof that is bound to the operation`() throws {
        let state = ProofFixture()
        let intent = state.intent()
        let good = state.proofs(for: intent)
        var proofs = good
        proofs.space?.opening.label = .zero
        #expect(
            refusal(try state.envelope(intent, proofs), state)
                == .proof(.space, .wrong("the path does not lead to the committed root")))
        proofs = good
        let index = (good.space?.opening.index ?? 0) ^ 1
        proofs.space?.opening = try #require(state.plotBuilder.opening(at: index))
        #expect(
            refusal(try state.envelope(intent, proofs), state)
                == .proof(.space, .wrong("opens another label than the challenge chose")))
        proofs = good
        proofs.time?.output = .zero
        #expect(
            refusal(try state.envelope(intent, proofs), state)
                == .proof(.time, .wrong("the chain of ticks ends elsewhere")))
        proofs = good
        proofs.time?.ticks = ProofLimits.ticksMax + 1
        #expect(
            refusal(try state.envelope(intent, proofs), state)
                == .proof(.time, .wrong("257 ticks are more than a verifier repeats")))
        proofs = good
        proofs.stake?.certificate = .zero
        #expect(
            refusal(try state.envelope(intent, proofs), state)
                == .proof(.stake, .wrong("the certificate is not on the ledger")))
        proofs = good
        proofs.stake?.bond = Amount(caes: 11)
        #expect(
            refusal(try state.envelope(intent, proofs), state)
                == .proof(.stake, .wrong("claims a bond of 11 CAES, has 10")))
    }

    @Test func `reads the certificate's standing from the ledger`() throws {
        let state = ProofFixture()
        let envelope = try state.envelope(state.intent())
        var other = state
        other.standing?.isRevoked = true
        #expect(refusal(envelope, other) == .proof(.stake, .wrong("the certificate is revoked")))
        other = state
        other.standing?.notAfter = Timestamp(seconds: 999_999)
        #expect(refusal(envelope, other) == .proof(.stake, .wrong("the certificate is expired")))
        other = state
        other.standing?.notBefore = Timestamp(seconds: 1_000_001)
        #expect(refusal(envelope, other) == .proof(.stake, .wrong("the certificate is not valid yet")))
        other = state
        other.standing?.subject = ProofFixture(1).subject
        #expect(refusal(envelope, other) == .proof(.stake, .boundToAnotherKey))
    }

    @Test func `names what is wrong with the envelope itself`() throws {
        let state = ProofFixture()
        let envelope = try state.envelope(state.intent())
        var other = state
        other.network = NetworkID(.zero)
        #expect(refusal(envelope, other) == .wrongNetwork)
        other = state
        other.tipHeight = 800
        #expect(refusal(envelope, other) == .staleAnchor(height: 500, oldest: 544))
        other = state
        other.tipHeight = 499
        #expect(refusal(envelope, other) == .futureAnchor(height: 500, tip: 499))
        other = state
        other.tipHeight = 600
        #expect(refusal(envelope, other) == .expired)
        other = state
        other.tipTime = state.tipTime.advanced(byMilliseconds: 60_000)
        #expect(refusal(envelope, other) == .expired)
        other = state
        other.next = 6
        #expect(refusal(envelope, other) == .replayedSequence(have: 5, next: 6))
        var early = state
        early.next = 5 + ProofLimits.sequenceGapMax + 1
        #expect(
            refusal(try early.envelope(early.intent()), state)
                == .sequenceTooFar(have: early.next, next: 5))
        other = state
        other.isRegistered = false
        #expect(refusal(envelope, other) == .unknownSubject(state.subject))
        other = state
        other.policies = [:]
        #expect(refusal(envelope, other) == .unknownKind(ProofFixture.kind))
        var forked = envelope
        forked.intent.anchor.hash = BlockHash(.zero)
        #expect(refusal(forked, state) == .anchorNotOnChain(height: 500))
        var far = state.intent()
        far.expiryHeight = state.tipHeight + ProofLimits.expiryBlocksMax + 1
        #expect(refusal(try state.envelope(far), state) == .expiryTooFar(height: 4597, last: 4596))
    }

    @Test func `refuses a signature of another key and a changed signature`() throws {
        let state = ProofFixture()
        let intent = state.intent()
        let proofs = state.proofs(for: intent)
        let stranger = try Envelope(signing: intent, proofs: proofs, with: ProofFixture.keys[1])
        #expect(refusal(stranger, state) == .badSignature)
        var changed = try state.envelope(intent)
        changed.signature[700] ^= 1
        #expect(refusal(changed, state) == .badSignature)
    }

    @Test func `a registration brings its own key and plot, and the plot is audited`() throws {
        var state = ProofFixture()
        state.isRegistered = false
        state.next = 0
        state.bootstrap = BootstrapIdentity(
            publicKey: state.key.publicKey, plot: state.plotBuilder.commitment,
            audit: try #require(state.plotBuilder.audit))
        state.bondHeld = Amount(caes: 10)
        let newcomer = Prover(plot: state.plotBuilder, certificate: .zero, bond: .zero)
        let intent = state.intent(kind: ProofFixture.bootstrapKind)
        let policy = try #require(state.policies[ProofFixture.bootstrapKind])
        let envelope = try newcomer.envelope(for: intent, policy: policy, key: state.key)
        #expect(refusal(envelope, state) == nil)

        var lazy = state
        lazy.bootstrap?.audit.steps[3].label.label = .zero
        #expect(refusal(envelope, lazy) == .proof(.space, .wrong("the committed plot fails its audit")))
        var borrowed = state
        borrowed.bootstrap?.publicKey = ProofFixture.keys[1].publicKey
        #expect(refusal(envelope, borrowed) == .proof(.space, .boundToAnotherKey))
    }

    @Test(arguments: [UInt64(1), 2])
    func `damaged bytes give a refusal, never a trap`(seed: UInt64) throws {
        let state = ProofFixture()
        let bytes = try state.envelope(state.intent()).canonicalBytes
        var random = SplitMix64(seed: seed)
        for _ in 0..<300 {
            var damaged = bytes
            damaged[Int.random(in: 0..<damaged.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            if let envelope = try? Envelope(canonicalBytes: damaged) {
                #expect(refusal(envelope, state) != nil, "seed \(seed)")
            }
            let cut = Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &random)))
            #expect(throws: BCSError.self) { try Envelope(canonicalBytes: cut) }
        }
    }
}
