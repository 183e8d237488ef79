/// What a batch of updates does to a tree.
package struct JellyfishChange: Sendable {
    package let root: JellyfishRoot
    /// Nodes to write.
    package let added: [(key: JellyfishNodeKey, node: JellyfishNode)]
    /// Nodes that only versions before this one use.
    package let stale: [JellyfishNodeKey]
}
