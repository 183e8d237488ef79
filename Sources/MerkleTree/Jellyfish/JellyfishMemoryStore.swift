/// Nodes in memory.
package struct JellyfishMemoryStore: JellyfishStore, Sendable {
    private var nodes: [JellyfishNodeKey: JellyfishNode] = [:]

    package init() {}

    /// Count of stored nodes.
    package var count: Int { nodes.count }

    package func node(for key: JellyfishNodeKey) -> JellyfishNode? { nodes[key] }

    /// Writes the new nodes of a change. Old versions stay readable until their stale nodes are removed.
    package mutating func insert(_ added: [(key: JellyfishNodeKey, node: JellyfishNode)]) {
        for (key, node) in added { nodes[key] = node }
    }

    /// Removes stale nodes: the versions before the change that listed them can no longer be read.
    package mutating func remove(_ stale: [JellyfishNodeKey]) {
        for key in stale { nodes[key] = nil }
    }
}
