package import Canonical

/// The final block that an operation was made after: it did not exist before that block.
package struct Anchor: Sendable, Hashable, CanonicalCodable {
    package var height: UInt64
    package var hash: BlockHash

    package init(height: UInt64, hash: BlockHash) {
        self.height = height
        self.hash = hash
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(height)
        encoder.encode(hash)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        height = try decoder.decode()
        hash = try decoder.decode()
    }
}
