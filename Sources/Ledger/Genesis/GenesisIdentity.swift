package import Canonical
package import ProofOfState

/// An identity, other than a validator, that exists from the start: a person of the founding party, a light node.
package struct GenesisIdentity: Sendable, Hashable {
    /// FALCON-1024 public key, 1793 bytes.
    package let publicKey: [UInt8]
    package let plot: PlotCommitment

    package init(publicKey: [UInt8], plot: PlotCommitment) {
        self.publicKey = publicKey
        self.plot = plot
    }

    package var id: NodeID { NodeID(publicKey: publicKey) }
}

extension GenesisIdentity: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encodeBytes(publicKey)
        encoder.encode(plot)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        publicKey = try decoder.decodeBytes(limit: IdentityRegistration.publicKeyBytes)
        plot = try decoder.decode(PlotCommitment.self)
    }
}
