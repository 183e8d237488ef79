package import Canonical

/// One version of a tree over the store that holds its nodes.
package struct JellyfishTree<Store: JellyfishStore> {
    package let root: JellyfishRoot
    let store: Store

    package init(root: JellyfishRoot, in store: Store) {
        self.root = root
        self.store = store
    }

    /// The tree after these updates, as `version`, which must be above all earlier ones. Updates may come in any
    /// order; of several for one key the last counts. Nothing is written: the change says what to write.
    package func updated(
        with updates: [JellyfishUpdate], version: UInt64
    ) throws(JellyfishError) -> JellyfishChange {
        if let key = root.key, key.version >= version { throw .versionNotAbove(version) }
        var batch = JellyfishBatch(store: store, version: version)
        let sorted = JellyfishTree.lastOfEachKey(updates)
        let result = try batch.update(root.key, path: NibblePath(), updates: sorted[...])
        return batch.finish(result)
    }

    /// The leaf of a key; nil when there is none.
    package func leaf(_ key: Digest) throws(JellyfishError) -> JellyfishLeaf? {
        let end = try descend(to: key, digits: NibblePath.digitsMax)
        guard case .leaf(let leaf)? = end.node, leaf.key == key else { return nil }
        return leaf
    }

    /// Proof of what the tree says of a key: its value's hash, or that it is not there.
    package func proof(of key: Digest) throws(JellyfishError) -> JellyfishProof {
        let end = try descend(to: key, digits: NibblePath.digitsMax)
        guard case .leaf(let leaf)? = end.node else { return JellyfishProof(terminal: nil, siblings: end.siblings) }
        return JellyfishProof(terminal: leaf, siblings: end.siblings)
    }

    /// Proof that goes with all leaves under a prefix of keys.
    package func rangeProof(of prefix: NibblePath) throws(JellyfishError) -> JellyfishRangeProof {
        var key = [UInt8](repeating: 0, count: Digest.byteCount)
        for index in 0..<Int(prefix.count) { key[index / 2] |= UInt8(prefix.digit(index)) << (index % 2 == 0 ? 4 : 0) }
        let end = try descend(to: Digest(bytes: key) ?? .zero, digits: Int(prefix.count))
        guard case .leaf(let leaf)? = end.node, !prefix.isPrefix(of: leaf.key) else {
            return JellyfishRangeProof(prefix: prefix, outsider: nil, siblings: end.siblings)
        }
        return JellyfishRangeProof(prefix: prefix, outsider: leaf, siblings: end.siblings)
    }

    // Follows a key for at most `digits` digits; the siblings on the way, top first, and the node at its end.
    private func descend(
        to key: Digest, digits: Int
    ) throws(JellyfishError) -> (siblings: [Digest], node: JellyfishNode?) {
        guard var place = root.key else { return ([], nil) }
        var siblings: [Digest] = []
        for depth in 0...NibblePath.digitsMax {
            guard let node = store.node(for: place) else { throw .missingNode(place) }
            guard case .inner(let inner) = node, depth < digits else { return (siblings, node) }
            let step = inner.path(to: key.nibble(depth))
            siblings += step.siblings
            guard let (digit, child) = step.child else { return (siblings, nil) }
            place = JellyfishNodeKey(version: child.version, path: place.path.appending(digit))
        }
        throw .missingNode(place)
    }

    private static func lastOfEachKey(_ updates: [JellyfishUpdate]) -> [JellyfishUpdate] {
        let sorted = updates.enumerated()
            .sorted { ($0.element.key, $0.offset) < ($1.element.key, $1.offset) }
        var result: [JellyfishUpdate] = []
        result.reserveCapacity(sorted.count)
        for (_, update) in sorted {
            if result.last?.key == update.key { result.removeLast() }
            result.append(update)
        }
        return result
    }
}

extension JellyfishTree: Sendable where Store: Sendable {}
