package import Canonical

/// Where shards are kept for the peers that sent them.
package protocol ShardStore: Sendable {
    /// The shards of an object that `owner` left here; nil when there are none.
    func holdings(of id: Digest, owner: NodeID) throws(STOQError) -> ShardHoldings?
    /// One of them.
    func shard(_ index: UInt8, of id: Digest, owner: NodeID) throws(STOQError) -> any ObjectSource
}
