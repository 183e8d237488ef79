package import Canonical

/// A final block as the state remembers it.
package struct Tip: Sendable, Hashable {
    package let height: UInt64
    package let time: Timestamp
    package let hash: BlockHash

    package init(height: UInt64, time: Timestamp, hash: BlockHash) {
        self.height = height
        self.time = time
        self.hash = hash
    }
}

extension Tip: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(height)
        encoder.encode(time)
        encoder.encode(hash)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        height = try decoder.decode(UInt64.self)
        time = try decoder.decode(Timestamp.self)
        hash = try decoder.decode(BlockHash.self)
    }
}
