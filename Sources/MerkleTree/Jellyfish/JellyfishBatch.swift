import Canonical

/// One run of updates through the tree, each node read and hashed once.
struct JellyfishBatch<Store: JellyfishStore> {
    /// A subtree after the updates. Leaves are stored by their parent, which alone knows where they end up.
    enum Subtree {
        case empty
        /// `stored`: where the store has this very leaf already.
        case leaf(JellyfishLeaf, stored: JellyfishNodeKey?)
        /// Stored under its path by `version`.
        case inner(hash: Digest, version: UInt64)
    }

    let store: Store
    let version: UInt64
    private var added: [(key: JellyfishNodeKey, node: JellyfishNode)] = []
    private var stale: [JellyfishNodeKey] = []

    init(store: Store, version: UInt64) {
        self.store = store
        self.version = version
    }

    /// Updates the subtree whose node is stored at `key` (nil: it is empty). `updates` are ascending, distinct, and
    /// all under `path`.
    mutating func update(
        _ key: JellyfishNodeKey?, path: NibblePath, updates: ArraySlice<JellyfishUpdate>
    ) throws(JellyfishError) -> Subtree {
        guard let key else { return build(leaves(of: updates, keeping: nil)[...], path: path) }
        guard let node = store.node(for: key) else { throw .missingNode(key) }
        switch node {
        case .leaf(let leaf):
            return update(leaf, at: key, path: path, updates: updates)
        case .inner(let inner):
            return try update(inner, at: key, path: path, updates: updates)
        }
    }

    /// The change, with the root stored.
    mutating func finish(_ result: Subtree) -> JellyfishChange {
        let root: JellyfishRoot
        switch result {
        case .empty:
            root = .empty
        case .leaf(let leaf, let stored):
            let version = place(leaf, stored: stored, at: NibblePath())
            root = JellyfishRoot(key: JellyfishNodeKey(version: version, path: NibblePath()), hash: leaf.hash)
        case .inner(let hash, let version):
            root = JellyfishRoot(key: JellyfishNodeKey(version: version, path: NibblePath()), hash: hash)
        }
        return JellyfishChange(root: root, added: added, stale: stale)
    }

    private mutating func update(
        _ leaf: JellyfishLeaf, at key: JellyfishNodeKey, path: NibblePath, updates: ArraySlice<JellyfishUpdate>
    ) -> Subtree {
        let leaves = leaves(of: updates, keeping: leaf)
        if leaves.count == 1, leaves[0] == leaf { return .leaf(leaf, stored: key) }
        stale.append(key)
        return build(leaves[...], path: path)
    }

    private mutating func update(
        _ old: JellyfishInner, at key: JellyfishNodeKey, path: NibblePath, updates: ArraySlice<JellyfishUpdate>
    ) throws(JellyfishError) -> Subtree {
        var inner = old
        var changed: UInt16 = 0
        let depth = Int(path.count)
        var rest = updates
        while let first = rest.first {
            let digit = first.key.nibble(depth)
            let end = rest.firstIndex { $0.key.nibble(depth) != digit } ?? rest.endIndex
            let childPath = path.appending(digit)
            let before = old.child(digit)
            let childKey = before.map { JellyfishNodeKey(version: $0.version, path: childPath) }
            let result = try update(childKey, path: childPath, updates: rest[..<end])
            let after = child(result, at: childPath)
            if after != before {
                inner.set(after, for: digit)
                changed |= 1 << UInt16(digit)
            }
            rest = rest[end...]
        }
        guard changed != 0 else { return .inner(hash: old.hash, version: key.version) }
        stale.append(key)
        return try close(&inner, changed: changed, path: path)
    }

    // Stores a changed inner node, unless what is left of it is nothing or a single leaf, which then moves up.
    private mutating func close(
        _ inner: inout JellyfishInner, changed: UInt16, path: NibblePath
    ) throws(JellyfishError) -> Subtree {
        guard inner.childCount > 0 else { return .empty }
        if let digit = inner.onlyLeafDigit, let child = inner.child(digit) {
            return try lift(JellyfishNodeKey(version: child.version, path: path.appending(digit)))
        }
        inner.rehash(changed: changed)
        let key = JellyfishNodeKey(version: version, path: path)
        added.append((key, .inner(inner)))
        return .inner(hash: inner.hash, version: version)
    }

    // The leaf stored at `key`, or placed there a moment ago by this batch.
    private mutating func lift(_ key: JellyfishNodeKey) throws(JellyfishError) -> Subtree {
        if key.version == version, let index = added.lastIndex(where: { $0.key == key }),
            case .leaf(let leaf) = added[index].node
        {
            added.remove(at: index)
            return .leaf(leaf, stored: nil)
        }
        guard case .leaf(let leaf)? = store.node(for: key) else { throw .missingNode(key) }
        return .leaf(leaf, stored: key)
    }

    // What a parent at the path above keeps of a subtree; a leaf is stored here unless it is already.
    private mutating func child(_ subtree: Subtree, at path: NibblePath) -> JellyfishInner.Child? {
        switch subtree {
        case .empty: nil
        case .inner(let hash, let version): JellyfishInner.Child(hash: hash, version: version, isLeaf: false)
        case .leaf(let leaf, let stored):
            JellyfishInner.Child(hash: leaf.hash, version: place(leaf, stored: stored, at: path), isLeaf: true)
        }
    }

    // Returns the version under which the leaf is stored at `path`.
    private mutating func place(_ leaf: JellyfishLeaf, stored: JellyfishNodeKey?, at path: NibblePath) -> UInt64 {
        if let stored {
            if stored.path == path { return stored.version }
            stale.append(stored)
        }
        added.append((JellyfishNodeKey(version: version, path: path), .leaf(leaf)))
        return version
    }

    private mutating func build(_ leaves: ArraySlice<JellyfishLeaf>, path: NibblePath) -> Subtree {
        guard let first = leaves.first else { return .empty }
        guard leaves.count > 1 else { return .leaf(first, stored: nil) }
        var inner = JellyfishInner()
        let depth = Int(path.count)
        var rest = leaves
        while let first = rest.first {
            let digit = first.key.nibble(depth)
            let end = rest.firstIndex { $0.key.nibble(depth) != digit } ?? rest.endIndex
            let childPath = path.appending(digit)
            let result = build(rest[..<end], path: childPath)
            inner.set(child(result, at: childPath), for: digit)
            rest = rest[end...]
        }
        inner.rehash(changed: .max)
        added.append((JellyfishNodeKey(version: version, path: path), .inner(inner)))
        return .inner(hash: inner.hash, version: version)
    }

    // The leaves that the updates leave behind, with `old` among them unless an update speaks of it; ascending.
    private func leaves(of updates: ArraySlice<JellyfishUpdate>, keeping old: JellyfishLeaf?) -> [JellyfishLeaf] {
        var result: [JellyfishLeaf] = []
        result.reserveCapacity(updates.count + 1)
        var kept = old
        for update in updates {
            if let leaf = kept, leaf.key <= update.key {
                if leaf.key < update.key { result.append(leaf) }
                kept = nil
            }
            if let valueHash = update.valueHash { result.append(JellyfishLeaf(key: update.key, valueHash: valueHash)) }
        }
        if let kept { result.append(kept) }
        return result
    }
}
