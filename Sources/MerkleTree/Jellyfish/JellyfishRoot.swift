package import Canonical

/// One version of a tree.
package struct JellyfishRoot: Sendable, Hashable {
    /// Where the root node is stored; nil for a tree without leaves.
    package let key: JellyfishNodeKey?
    /// What stands for the whole content.
    package let hash: Digest

    package init(key: JellyfishNodeKey?, hash: Digest) {
        self.key = key
        self.hash = hash
    }

    /// The tree without leaves.
    package static let empty = JellyfishRoot(key: nil, hash: JellyfishHash.empty)
}

extension JellyfishRoot: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(key)
        encoder.encode(hash)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        key = try decoder.decodeOption(JellyfishNodeKey.self)
        hash = try decoder.decode(Digest.self)
    }
}
