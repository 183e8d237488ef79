/// Where nodes come from. Nodes are written once and never changed; `JellyfishChange` says what to write and what
/// nobody needs any more.
package protocol JellyfishStore {
    /// The node stored under a key; nil when there is none.
    func node(for key: JellyfishNodeKey) -> JellyfishNode?
}
