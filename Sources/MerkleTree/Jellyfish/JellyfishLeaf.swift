package import Canonical

/// A key and the hash of its value.
package struct JellyfishLeaf: Sendable, Hashable {
    /// Hash of the key's name: its place in the tree.
    package let key: Digest
    package let valueHash: Digest

    package init(key: Digest, valueHash: Digest) {
        self.key = key
        self.valueHash = valueHash
    }

    package var hash: Digest { JellyfishHash.leaf(key: key, valueHash: valueHash) }
}

extension JellyfishLeaf: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(key)
        encoder.encode(valueHash)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        key = try decoder.decode(Digest.self)
        valueHash = try decoder.decode(Digest.self)
    }
}
