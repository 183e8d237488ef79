package import Canonical

/// One member of a validator set.
package struct Validator: Sendable, Hashable, CanonicalCodable {
    /// The node that votes.
    package let node: NodeID
    /// FALCON-1024 public key, 1793 bytes.
    package let publicKey: [UInt8]
    /// Voting weight, above 0.
    package let weight: UInt64

    package init(node: NodeID, publicKey: [UInt8], weight: UInt64) {
        self.node = node
        self.publicKey = publicKey
        self.weight = weight
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(node)
        encoder.encodeBytes(publicKey)
        encoder.encodeInteger(weight)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        node = try decoder.decode()
        publicKey = try decoder.decodeBytes(limit: 4096)
        weight = try decoder.decodeInteger()
    }
}
