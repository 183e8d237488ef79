package import Canonical

/// A stored node.
package enum JellyfishNode: Sendable, Equatable {
    case leaf(JellyfishLeaf)
    case inner(JellyfishInner)

    package var hash: Digest {
        switch self {
        case .leaf(let leaf): leaf.hash
        case .inner(let inner): inner.hash
        }
    }
}

extension JellyfishNode: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        switch self {
        case .leaf(let leaf):
            encoder.encodeVariant(0)
            encoder.encode(leaf)
        case .inner(let inner):
            encoder.encodeVariant(1)
            encoder.encode(inner)
        }
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let offset = decoder.offset
        let index = try decoder.decodeVariant()
        switch index {
        case 0: self = .leaf(try decoder.decode(JellyfishLeaf.self))
        case 1: self = .inner(try decoder.decode(JellyfishInner.self))
        default: throw .unknownVariant(offset: offset, type: "JellyfishNode", index: index)
        }
    }
}
