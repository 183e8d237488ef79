package import Canonical

/// What an exchange of the extension `sharding` is for.
package enum ShardQuery: Sendable, Hashable, CanonicalCodable {
    /// The asker sends one shard.
    case put
    /// Which shards of an object are there?
    case holdings(Digest)
    /// Send one shard.
    case get(Digest, index: UInt8)

    package func encode(to encoder: inout BCSEncoder) {
        switch self {
        case .put: encoder.encodeVariant(0)
        case .holdings(let id):
            encoder.encodeVariant(1)
            encoder.encode(id)
        case .get(let id, let index):
            encoder.encodeVariant(2)
            encoder.encode(id)
            encoder.encode(index)
        }
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let start = decoder.offset
        let variant = try decoder.decodeVariant()
        switch variant {
        case 0: self = .put
        case 1: self = .holdings(try decoder.decode())
        case 2: self = .get(try decoder.decode(), index: try decoder.decode())
        default: throw .unknownVariant(offset: start, type: "ShardQuery", index: variant)
        }
    }
}

/// The shards of one object that a node holds.
package struct ShardHoldings: Sendable, Hashable, CanonicalCodable {
    package var set: ShardSet
    package var indices: [UInt8]

    package init(set: ShardSet, indices: [UInt8]) {
        self.set = set
        self.indices = indices
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(set)
        encoder.encode(indices)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        set = try decoder.decode()
        indices = try decoder.decodeArray(limit: ExtensionLimits.shardsMax)
    }
}
