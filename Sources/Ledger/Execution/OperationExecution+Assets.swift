import Canonical
import Satchel

extension OperationExecution {
    mutating func apply(_ offer: AssetOffer, of subject: NodeID) throws(LedgerRefusal) {
        if var pool = try read(AssetPool.self, LedgerKey.pool(subject)) {
            do throws(SatchelError) {
                try pool.replaceOffer(offer)
            } catch {
                throw .satchel(error)
            }
            state.set(pool, for: LedgerKey.pool(subject))
        } else {
            let count = try providerCount()
            state.set(AssetPool(offer: offer), for: LedgerKey.pool(subject))
            state.set(subject, for: LedgerKey.provider(count))
            state.set(count, for: LedgerKey.providerIndex(subject))
            state.set(count &+ 1, for: LedgerKey.providerCount)
        }
        report(.assetsOffered(subject))
    }

    mutating func withdrawOffer(of subject: NodeID) throws(LedgerRefusal) {
        guard let pool = try read(AssetPool.self, LedgerKey.pool(subject)),
            let index = try read(UInt64.self, LedgerKey.providerIndex(subject))
        else { throw .noOffer(subject) }
        if let standing = pool.grants.first {
            throw .satchel(.grantsActive(standing.kind, count: pool.grants.count))
        }
        // The last of the list takes the place of the one that leaves.
        let last = try providerCount() &- 1
        if index != last, let moved = try read(NodeID.self, LedgerKey.provider(last)) {
            state.set(moved, for: LedgerKey.provider(index))
            state.set(index, for: LedgerKey.providerIndex(moved))
        }
        state.setValue(nil, for: LedgerKey.provider(last))
        state.setValue(nil, for: LedgerKey.providerIndex(subject))
        state.setValue(nil, for: LedgerKey.pool(subject))
        state.set(last, for: LedgerKey.providerCount)
        report(.offerWithdrawn(subject))
    }

    /// Count of nodes that offer assets.
    func providerCount() throws(LedgerRefusal) -> UInt64 {
        try read(UInt64.self, LedgerKey.providerCount) ?? 0
    }

    /// The nodes, other than `requester`, that can set these grants aside now, each with its pool as it then is.
    func pools(able grants: [Grant], besides requester: NodeID) throws(LedgerRefusal) -> [NodeID: AssetPool] {
        var able: [NodeID: AssetPool] = [:]
        for index in 0..<(try providerCount()) {
            guard let node = try read(NodeID.self, LedgerKey.provider(index)), node != requester,
                var pool = try read(AssetPool.self, LedgerKey.pool(node))
            else { continue }
            guard (try? pool.grant(grants, at: block.height)) != nil else { continue }
            able[node] = pool
        }
        return able
    }

    /// Ends every grant of `id` at these nodes.
    mutating func releaseGrants(_ id: Digest, of nodes: [NodeID]) throws(LedgerRefusal) {
        for node in nodes {
            guard var pool = try read(AssetPool.self, LedgerKey.pool(node)) else { continue }
            guard !pool.releaseAll(id, at: block.height).isEmpty else { continue }
            state.set(pool, for: LedgerKey.pool(node))
        }
    }
}
