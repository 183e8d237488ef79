import Canonical
import Falcon
import ProofOfState

/// A ledger view with one registered subject, and everything to make its operations.
struct ProofFixture: AdmissionState {
    static let kind: UInt16 = 3
    static let bootstrapKind: UInt16 = 0
    static let depth: UInt8 = 8

    /// Keys are dear in debug builds; tests share two.
    static let keys: [Falcon1024.PrivateKey] = (0..<2).compactMap { _ in try? Falcon1024.PrivateKey() }

    let key: Falcon1024.PrivateKey
    let subject: NodeID
    let plotBuilder: PlotBuilder
    let certificateDigest = Digest(sha256: [1, 2, 3])

    var network = NetworkID(Digest(sha256: [9]))
    var tipHeight: UInt64 = 500
    var tipTime = Timestamp(seconds: 1_000_000)
    var next: UInt64 = 5
    var policies: [UInt16: ProofPolicy] = [
        kind: ProofPolicy(plotDepthMin: depth, bondMin: Amount(caes: 2), workBitsMin: 6, ticksMin: 64),
        bootstrapKind: ProofPolicy(plotDepthMin: depth, workBitsMin: 6, ticksMin: 64, isBootstrap: true),
    ]
    var bondHeld = Amount(caes: 10)
    var standing: CertificateStanding?
    var bootstrap: BootstrapIdentity?
    var isRegistered = true
    /// The plot on the ledger, when it is another than `plotBuilder`'s.
    var otherPlot: PlotCommitment?

    init(_ index: Int = 0) {
        key = ProofFixture.keys[index]
        subject = NodeID(publicKey: key.publicKey.rawRepresentation)
        plotBuilder = PlotBuilder(subject: subject, depth: ProofFixture.depth)
        standing = CertificateStanding(
            subject: subject, notBefore: .zero, notAfter: Timestamp(seconds: 2_000_000), isRevoked: false)
    }

    func finalBlockHash(at height: UInt64) -> BlockHash? {
        height <= tipHeight ? BlockHash(Digest(sha256: height.canonicalBytes)) : nil
    }

    func policy(for kind: UInt16) -> ProofPolicy? { policies[kind] }
    func publicKey(of id: NodeID) -> Falcon1024.PublicKey? { isRegistered && id == subject ? key.publicKey : nil }
    func plot(of id: NodeID) -> PlotCommitment? {
        isRegistered && id == subject ? otherPlot ?? plotBuilder.commitment : nil
    }
    func certificate(_ digest: Digest) -> CertificateStanding? { digest == certificateDigest ? standing : nil }
    func bond(of id: NodeID) -> Amount { id == subject ? bondHeld : .zero }
    func nextSequence(of id: NodeID) -> UInt64 { id == subject ? next : 0 }
    func bootstrapIdentity(in intent: OperationIntent) -> BootstrapIdentity? { bootstrap }

    var prover: Prover { Prover(plot: plotBuilder, certificate: certificateDigest, bond: Amount(caes: 5)) }

    /// An intent that the fixture's ledger accepts; `change` spoils it.
    func intent(
        _ operation: [UInt8] = [1, 2, 3],
        kind: UInt16 = ProofFixture.kind,
        sequence: UInt64? = nil,
        anchor: UInt64? = nil
    ) -> OperationIntent {
        let height = anchor ?? tipHeight
        return OperationIntent(
            network: network, kind: kind, operation: operation, subject: subject, sequence: sequence ?? next,
            anchor: Anchor(height: height, hash: BlockHash(Digest(sha256: height.canonicalBytes))),
            expiryHeight: tipHeight + 100, expiryTime: tipTime.advanced(byMilliseconds: 60_000))
    }

    func proofs(for intent: OperationIntent) -> ProofBundle {
        prover.proofs(for: intent, policy: policies[intent.kind] ?? .standard)
    }

    func envelope(_ intent: OperationIntent, _ proofs: ProofBundle? = nil) throws -> Envelope {
        try Envelope(signing: intent, proofs: proofs ?? self.proofs(for: intent), with: key)
    }
}
