package import Canonical
package import ProofOfState

/// A validator of the present epoch, in the order of the set.
package struct ValidatorRecord: Sendable, Hashable {
    package let node: NodeID
    /// FALCON-1024 public key, 1793 bytes.
    package let publicKey: [UInt8]
    package let weight: UInt64
    /// Where others reach it: `[address]:port`, IPv6.
    package let endpoint: String

    package init(node: NodeID, publicKey: [UInt8], weight: UInt64, endpoint: String) {
        self.node = node
        self.publicKey = publicKey
        self.weight = weight
        self.endpoint = endpoint
    }

    /// The member of a validator set.
    package var validator: Validator { Validator(node: node, publicKey: publicKey, weight: weight) }
}

extension ValidatorRecord: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(node)
        encoder.encodeBytes(publicKey)
        encoder.encode(weight)
        encoder.encode(endpoint)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        node = try decoder.decode(NodeID.self)
        publicKey = try decoder.decodeBytes(limit: IdentityRegistration.publicKeyBytes)
        weight = try decoder.decode(UInt64.self)
        endpoint = try decoder.decodeString(limit: 256)
    }
}
