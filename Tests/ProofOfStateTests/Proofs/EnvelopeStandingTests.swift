import Canonical
import ProofOfState
import Testing

/// What is checked again of an envelope that was accepted before.
@Suite struct EnvelopeStandingTests {
    private let accepted: EnvelopeStanding
    private let before = ProofFixture()

    init() throws {
        let envelope = try before.envelope(before.intent())
        try EnvelopeVerifier.verify(envelope, against: before)
        accepted = EnvelopeStanding(of: envelope, plot: before.plot(of: before.subject))
    }

    private func refusal(_ change: (inout ProofFixture) -> Void) -> ProofRefusal? {
        var state = before
        change(&state)
        do throws(ProofRefusal) {
            try EnvelopeVerifier.verify(again: accepted, against: state)
            return nil
        } catch {
            return error
        }
    }

    @Test func `stands while nothing changed`() {
        #expect(refusal { _ in } == nil)
    }

    @Test func `falls with its window`() {
        #expect(refusal { $0.next += 1 } == .replayedSequence(have: 5, next: 6))
        #expect(refusal { $0.tipHeight += 100 } == .expired)
        #expect(refusal { $0.network = NetworkID(.zero) } == .wrongNetwork)
    }

    @Test func `falls with the plot that its proof of space opened`() {
        let other = PlotBuilder(subject: NodeID(.zero), depth: ProofFixture.depth).commitment
        #expect(
            refusal { $0.otherPlot = other }
                == .proof(.space, .wrong("the path does not lead to the committed root")))
        #expect(refusal { $0.isRegistered = false } == .unknownSubject(before.subject))
    }

    @Test func `falls with what was at stake`() {
        #expect(refusal { $0.standing?.isRevoked = true } == .proof(.stake, .wrong("the certificate is revoked")))
        #expect(refusal { $0.bondHeld = Amount(caes: 1) } != nil)
    }
}
