package import Canonical
package import Falcon

/// What the ledger says of a certificate.
package struct CertificateStanding: Sendable, Hashable {
    package var subject: NodeID
    package var notBefore: Timestamp
    package var notAfter: Timestamp
    package var isRevoked: Bool

    package init(subject: NodeID, notBefore: Timestamp, notAfter: Timestamp, isRevoked: Bool) {
        self.subject = subject
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.isRevoked = isRevoked
    }
}

/// Key and plot that a registration brings along.
package struct BootstrapIdentity: Sendable {
    package var publicKey: Falcon1024.PublicKey
    package var plot: PlotCommitment
    package var audit: PlotAudit

    package init(publicKey: Falcon1024.PublicKey, plot: PlotCommitment, audit: PlotAudit) {
        self.publicKey = publicKey
        self.plot = plot
        self.audit = audit
    }
}

/// The ledger state that a verifier reads, as of the last executed block.
package protocol AdmissionState {
    var network: NetworkID { get }
    /// Height of the last final block.
    var tipHeight: UInt64 { get }
    /// Time of the last final block.
    var tipTime: Timestamp { get }
    /// Hash of a recent final block; nil when it is too old or not there yet.
    func finalBlockHash(at height: UInt64) -> BlockHash?
    func policy(for kind: UInt16) -> ProofPolicy?
    func publicKey(of subject: NodeID) -> Falcon1024.PublicKey?
    func plot(of subject: NodeID) -> PlotCommitment?
    func certificate(_ digest: Digest) -> CertificateStanding?
    func bond(of subject: NodeID) -> Amount
    /// Next sequence number of a subject; 0 for one that never acted.
    func nextSequence(of subject: NodeID) -> UInt64
    /// Key and plot inside a bootstrap operation; nil when it has none.
    func bootstrapIdentity(in intent: OperationIntent) -> BootstrapIdentity?
}
