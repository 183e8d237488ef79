package import Canonical

/// One recorded change of state.
package struct AssetTransition: Sendable, Hashable {
    package let kind: AssetKind
    package let from: AssetState
    package let to: AssetState
    /// When, in ticks of the pool's clock.
    package let tick: UInt64
}

extension AssetTransition: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(kind)
        encoder.encode(from)
        encoder.encode(to)
        encoder.encode(tick)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        kind = try decoder.decode(AssetKind.self)
        from = try decoder.decode(AssetState.self)
        to = try decoder.decode(AssetState.self)
        tick = try decoder.decode(UInt64.self)
    }
}
