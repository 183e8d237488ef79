package import Canonical

/// A registered identity's signed promise to bond a new one and to pay for its registration.
package struct Sponsorship: Sendable, Hashable {
    /// Bytes of a padded FALCON-1024 signature.
    package static let signatureBytes = 1280

    package let sponsor: NodeID
    /// Moved from the sponsor's account to the bond of the new identity.
    package let bond: Amount
    /// Last block height at which the promise holds.
    package let expiryHeight: UInt64
    /// The sponsor's signature of `message`.
    package let signature: [UInt8]

    package init(sponsor: NodeID, bond: Amount, expiryHeight: UInt64, signature: [UInt8]) {
        self.sponsor = sponsor
        self.bond = bond
        self.expiryHeight = expiryHeight
        self.signature = signature
    }

    /// The bytes that the sponsor signs. They name the mesh and the new identity, which can register only once, so
    /// the promise cannot be used twice.
    package static func message(
        network: NetworkID, newcomer: NodeID, sponsor: NodeID, bond: Amount, expiryHeight: UInt64
    ) -> [UInt8] {
        var encoder = BCSEncoder()
        encoder.encode(network)
        encoder.encode(newcomer)
        encoder.encode(sponsor)
        encoder.encode(bond)
        encoder.encode(expiryHeight)
        return HashDomain.sponsorship.message(encoder.bytes)
    }
}

extension HashDomain {
    /// A sponsor's promise to bond a new identity.
    package static let sponsorship = HashDomain("HM/sponsorship")
}

extension Sponsorship: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(sponsor)
        encoder.encode(bond)
        encoder.encode(expiryHeight)
        encoder.encodeBytes(signature)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        sponsor = try decoder.decode(NodeID.self)
        bond = try decoder.decode(Amount.self)
        expiryHeight = try decoder.decode(UInt64.self)
        signature = try decoder.decodeBytes(limit: Sponsorship.signatureBytes)
    }
}
