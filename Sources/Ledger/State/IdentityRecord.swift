package import Canonical
package import ProofOfState

/// What the state keeps of an identity.
package struct IdentityRecord: Sendable, Hashable {
    /// FALCON-1024 public key, 1793 bytes.
    package let publicKey: [UInt8]
    package var plot: PlotCommitment
    package let sponsor: NodeID?
    /// Height of the block that registered it; 0 for genesis.
    package let height: UInt64

    package init(publicKey: [UInt8], plot: PlotCommitment, sponsor: NodeID?, height: UInt64) {
        self.publicKey = publicKey
        self.plot = plot
        self.sponsor = sponsor
        self.height = height
    }
}

extension IdentityRecord: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encodeBytes(publicKey)
        encoder.encode(plot)
        encoder.encode(sponsor)
        encoder.encode(height)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        publicKey = try decoder.decodeBytes(limit: IdentityRegistration.publicKeyBytes)
        plot = try decoder.decode(PlotCommitment.self)
        sponsor = try decoder.decodeOption(NodeID.self)
        height = try decoder.decode(UInt64.self)
    }
}
