package import Canonical
package import ProofOfState

/// A new identity: its key and its plot, bonded by a sponsor where policy asks for a bond. Signed by the new key.
package struct IdentityRegistration: Sendable, Hashable {
    /// Bytes of a FALCON-1024 public key.
    package static let publicKeyBytes = 1793

    /// FALCON-1024 public key, 1793 bytes. Its `NodeID` is the subject of the operation.
    package let publicKey: [UInt8]
    package let plot: PlotCommitment
    /// Shows how the plot was filled.
    package let audit: PlotAudit
    package let sponsorship: Sponsorship?

    package init(publicKey: [UInt8], plot: PlotCommitment, audit: PlotAudit, sponsorship: Sponsorship?) {
        self.publicKey = publicKey
        self.plot = plot
        self.audit = audit
        self.sponsorship = sponsorship
    }
}

extension IdentityRegistration: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encodeBytes(publicKey)
        encoder.encode(plot)
        encoder.encode(audit)
        encoder.encode(sponsorship)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        publicKey = try decoder.decodeBytes(limit: IdentityRegistration.publicKeyBytes)
        plot = try decoder.decode(PlotCommitment.self)
        audit = try decoder.decode(PlotAudit.self)
        sponsorship = try decoder.decodeOption(Sponsorship.self)
    }
}
