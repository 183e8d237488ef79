package import Canonical

/// What an object's shards are: enough to check each and to put the object together.
package struct ShardSet: Sendable, Hashable, CanonicalCodable {
    /// Bytes of the object.
    package let size: UInt64
    package let dataShards: UInt8
    package let parityShards: UInt8
    /// The root of each shard's pieces, data first.
    package let roots: [Digest]

    /// - Throws: `invalidShardCounts`; `damaged` when the roots are not one a shard.
    package init(size: UInt64, dataShards: UInt8, parityShards: UInt8, roots: [Digest]) throws(STOQError) {
        self.size = size
        self.dataShards = dataShards
        self.parityShards = parityShards
        self.roots = roots
        try validate()
    }

    private func validate() throws(STOQError) {
        let code = try ReedSolomon(dataShards: Int(dataShards), parityShards: Int(parityShards))
        guard roots.count == code.totalShards, size > 0, size <= UInt64(Int64.max) else {
            throw .transfer(.damaged("a set of \(roots.count) shards of \(size) bytes"))
        }
    }

    /// What names the object: SHA-256("HM/stoq/shards" ‖ this).
    package var id: Digest { Digest(.shardSet, of: self) }

    /// Bytes of each shard: the object's, cut into k equal parts with zeros at the end.
    package var shardBytes: UInt64 { ShardSet.shardBytes(size: size, dataShards: Int(dataShards)) }

    package static func shardBytes(size: UInt64, dataShards: Int) -> UInt64 {
        let count = UInt64(max(1, dataShards))
        return size / count + (size % count == 0 ? 0 : 1)
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(size)
        encoder.encode(dataShards)
        encoder.encode(parityShards)
        encoder.encode(roots)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        size = try decoder.decode()
        dataShards = try decoder.decode()
        parityShards = try decoder.decode()
        let start = decoder.offset
        roots = try decoder.decodeArray(limit: ExtensionLimits.shardsMax)
        guard (try? validate()) != nil else {
            throw .invalidValue(offset: start, rule: "counts, size and roots of shards fit one another")
        }
    }
}
