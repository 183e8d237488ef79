package import Canonical
package import ProofOfState

/// A validator of the first epoch. It is registered, plotted and bonded by genesis itself.
package struct GenesisValidator: Sendable, Hashable {
    /// FALCON-1024 public key, 1793 bytes.
    package let publicKey: [UInt8]
    /// Weight of its vote, above 0.
    package let weight: UInt64
    package let plot: PlotCommitment
    /// Taken from the community's account.
    package let bond: Amount
    /// Where others reach it: `[address]:port`, IPv6.
    package let endpoint: String

    package init(publicKey: [UInt8], weight: UInt64, plot: PlotCommitment, bond: Amount, endpoint: String) {
        self.publicKey = publicKey
        self.weight = weight
        self.plot = plot
        self.bond = bond
        self.endpoint = endpoint
    }

    package var id: NodeID { NodeID(publicKey: publicKey) }

    /// What the state keeps of it.
    package var record: ValidatorRecord {
        ValidatorRecord(node: id, publicKey: publicKey, weight: weight, endpoint: endpoint)
    }
}

extension GenesisValidator: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encodeBytes(publicKey)
        encoder.encode(weight)
        encoder.encode(plot)
        encoder.encode(bond)
        encoder.encode(endpoint)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        publicKey = try decoder.decodeBytes(limit: IdentityRegistration.publicKeyBytes)
        weight = try decoder.decode(UInt64.self)
        plot = try decoder.decode(PlotCommitment.self)
        bond = try decoder.decode(Amount.self)
        endpoint = try decoder.decodeString(limit: 256)
    }
}
