import Canonical
import Falcon
import Ledger
import ProofOfState
import Testing
import TrustChain

/// From a signed envelope with four real proofs to its receipt.
@Suite struct AdmissionTests {
    private static let authority = Result {
        try Authority(
            root: DistinguishedName(commonName: "Root"), key: Actors.key(6),
            serial: SerialNumber(random: (0..<16).map { $0 + 1 }),
            now: CertificateTime(Mesh.start).advanced(bySeconds: -3_600))
    }

    private static var policy: Policy {
        let light = ProofPolicy(plotDepthMin: 6, workBitsMin: 4, ticksMin: 8)
        let bootstrap = ProofPolicy(plotDepthMin: 6, workBitsMin: 6, ticksMin: 16, isBootstrap: true)
        return Policy(
            entries: [
                PolicyEntry(kind: .transfer, fee: Policy.baseFee, proofs: light),
                PolicyEntry(kind: .registerIdentity, fee: Policy.baseFee, proofs: bootstrap),
            ], registrationBond: .zero)
    }

    private func founded() throws -> (mesh: Mesh, certificate: Digest) {
        let authority = try AdmissionTests.authority.get()
        let request = try CertificateRequest(
            subject: DistinguishedName(commonName: "founder"), names: [.dns("f.mesh.example")], key: Actors.key(4))
        let certificate = try authority.issue(
            request, profile: .node, serial: SerialNumber(random: (0..<16).map { $0 + 9 }),
            now: CertificateTime(Mesh.start))
        let mesh = try Mesh(
            policy: AdmissionTests.policy, rootCertificate: authority.certificate.encoded,
            certificates: [certificate.encoded])
        return (mesh, certificate.fingerprint)
    }

    private func intent(_ operation: Ledger.Operation, of subject: NodeID, in mesh: Mesh) -> OperationIntent {
        OperationIntent(
            network: mesh.state.network, kind: UInt16(operation.kind.rawValue), operation: operation.canonicalBytes,
            subject: subject, sequence: mesh.state.nextSequence(of: subject),
            anchor: Anchor(height: mesh.state.tipHeight, hash: mesh.state.tip.hash),
            expiryHeight: mesh.state.tipHeight + 20,
            expiryTime: mesh.state.tipTime.advanced(byMilliseconds: 60_000))
    }

    private func envelope(
        _ operation: Ledger.Operation, by actor: Int, plot: PlotBuilder, certificate: Digest, in mesh: Mesh
    ) throws -> Envelope {
        let intent = intent(operation, of: plot.subject, in: mesh)
        let row = try #require(mesh.state.policy(for: intent.kind))
        let bond = mesh.state.bond(of: plot.subject)
        return try Prover(plot: plot, certificate: certificate, bond: bond)
            .envelope(for: intent, policy: row, key: Actors.key(actor))
    }

    @Test func aProvenTransferIsVerifiedAgainstTheStateAndExecutedOnce() throws {
        var (mesh, certificate) = try founded()
        try mesh.block()
        let transfer = Ledger.Operation.transfer(Transfer(to: try Actors.id(0), amount: Amount(caes: 2)))
        let plot = try Mesh.founderPlot()
        let envelope = try envelope(transfer, by: 4, plot: plot, certificate: certificate, in: mesh)
        try EnvelopeVerifier.verify(envelope, against: mesh.state)
        let outcome = try mesh.state.execute(mesh.next(), operations: [VerifiedOperation(of: envelope)])
        #expect(outcome.codes == [0])
        #expect(outcome.receipts[0].id == envelope.id)
        #expect(throws: ProofRefusal.self) { try EnvelopeVerifier.verify(envelope, against: mesh.state) }
        let again = try mesh.state.execute(mesh.next(), operations: [VerifiedOperation(of: envelope)])
        #expect(again.codes == [104])
    }

    @Test func withoutItsCertificateAnEnvelopeIsRefused() throws {
        let (mesh, _) = try founded()
        let transfer = Ledger.Operation.transfer(Transfer(to: try Actors.id(0), amount: Amount(caes: 2)))
        let bare = try envelope(transfer, by: 4, plot: Mesh.founderPlot(), certificate: .zero, in: mesh)
        #expect(throws: ProofRefusal.self) { try EnvelopeVerifier.verify(bare, against: mesh.state) }
    }

    @Test func aNewcomerRegistersByItsOwnKeyAndPlot() throws {
        var (mesh, _) = try founded()
        let newcomer = try Actors.id(Actors.newcomer)
        // Fees come from somewhere: someone pays the newcomer before it exists.
        try mesh.block((4, .transfer(Transfer(to: newcomer, amount: Amount(caes: 1)))))
        let plot = PlotBuilder(subject: newcomer, depth: 6)
        let registration = Ledger.Operation.registerIdentity(
            IdentityRegistration(
                publicKey: try Actors.publicKey(Actors.newcomer), plot: plot.commitment,
                audit: try #require(plot.audit),
                sponsorship: nil))
        let envelope = try envelope(registration, by: Actors.newcomer, plot: plot, certificate: .zero, in: mesh)
        try EnvelopeVerifier.verify(envelope, against: mesh.state)
        #expect(try mesh.state.execute(mesh.next(), operations: [VerifiedOperation(of: envelope)]).codes == [0])
        #expect(mesh.state.plot(of: newcomer) == plot.commitment)
        #expect(mesh.state.publicKey(of: newcomer) == (try Actors.key(Actors.newcomer).publicKey))
        let paid = try Amount(caes: 1).subtracting(Policy.baseFee)
        #expect(mesh.state.spendable(of: newcomer) == paid)
    }
}
