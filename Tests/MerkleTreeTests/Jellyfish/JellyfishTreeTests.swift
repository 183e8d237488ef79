import Canonical
import MerkleTree
import Testing

/// Applies batches, prunes at once, and keeps the model beside.
struct TreeUnderTest {
    var store = JellyfishMemoryStore()
    var root = JellyfishRoot.empty
    var model = SparseModel()
    var version: UInt64 = 0

    var tree: JellyfishTree<JellyfishMemoryStore> { JellyfishTree(root: root, in: store) }

    mutating func apply(_ updates: [JellyfishUpdate]) throws {
        version += 1
        let change = try tree.updated(with: updates, version: version)
        store.insert(change.added)
        store.remove(change.stale)
        root = change.root
        for update in updates { model.values[update.key] = update.valueHash }
    }
}

/// A key whose first digits are few, so that random keys meet deep in the tree.
func crowdedKey(_ random: inout SplitMix64) -> Digest {
    var bytes = [UInt8](repeating: 0, count: 32)
    for index in 0..<4 { bytes[index] = UInt8.random(in: 0..<3, using: &random) }
    bytes[31] = UInt8.random(in: 0..<3, using: &random)
    return Digest(bytes: bytes) ?? .zero
}

func randomDigest(_ random: inout SplitMix64) -> Digest {
    Digest(bytes: random.bytes(32)) ?? .zero
}

@Suite struct JellyfishTreeTests {
    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func agreesWithTheModelOverRandomInsertsChangesAndRemovals(seed: UInt64) throws {
        print("seed \(seed)")
        var random = SplitMix64(seed: seed)
        var test = TreeUnderTest()
        for round in 0..<60 {
            let updates = (0..<Int.random(in: 0..<30, using: &random)).map { _ in
                let key = seed.isMultiple(of: 2) ? randomDigest(&random) : crowdedKey(&random)
                let known = test.model.values.keys.sorted().randomElement(using: &random)
                let removes = Int.random(in: 0..<10, using: &random) < (round < 40 ? 3 : 8)
                return removes
                    ? JellyfishUpdate(key: known ?? key, valueHash: nil)
                    : JellyfishUpdate(key: key, valueHash: randomDigest(&random))
            }
            try test.apply(updates)
            #expect(test.root.hash == test.model.root)
        }
        for key in test.model.values.keys.sorted() {
            #expect(try test.tree.leaf(key)?.valueHash == test.model.values[key])
        }
    }

    @Test func removingEverythingLeavesAnEmptyStore() throws {
        var random = SplitMix64(seed: 9)
        var test = TreeUnderTest()
        let keys = (0..<500).map { _ in crowdedKey(&random) }
        try test.apply(keys.map { JellyfishUpdate(key: $0, valueHash: $0) })
        for start in stride(from: 0, to: keys.count, by: 37) {
            let part = keys[start..<min(start + 37, keys.count)]
            try test.apply(part.map { JellyfishUpdate(key: $0, valueHash: nil) })
            #expect(test.root.hash == test.model.root)
        }
        #expect(test.root == .empty)
        #expect(test.store.count == 0)
    }

    @Test func anOldVersionStaysReadableUntilItsStaleNodesAreRemoved() throws {
        var random = SplitMix64(seed: 4)
        var test = TreeUnderTest()
        let keys = (0..<200).map { _ in randomDigest(&random) }
        try test.apply(keys.map { JellyfishUpdate(key: $0, valueHash: $0) })
        let old = test.root
        let change = try test.tree.updated(
            with: keys.map { JellyfishUpdate(key: $0, valueHash: .zero) }, version: 7)
        test.store.insert(change.added)
        let oldTree = JellyfishTree(root: old, in: test.store)
        let newTree = JellyfishTree(root: change.root, in: test.store)
        #expect(try oldTree.leaf(keys[3])?.valueHash == keys[3])
        #expect(try newTree.leaf(keys[3])?.valueHash == .zero)
        test.store.remove(change.stale)
        #expect(throws: JellyfishError.self) { try JellyfishTree(root: old, in: test.store).leaf(keys[3]) }
        #expect(try JellyfishTree(root: change.root, in: test.store).leaf(keys[3])?.valueHash == .zero)
    }

    @Test func theLastOfSeveralUpdatesOfAKeyCounts() throws {
        var test = TreeUnderTest()
        let key = Digest(sha256: [1])
        try test.apply([
            JellyfishUpdate(key: key, valueHash: Digest(sha256: [2])), JellyfishUpdate(key: key, valueHash: nil),
            JellyfishUpdate(key: key, valueHash: Digest(sha256: [3])),
        ])
        #expect(try test.tree.leaf(key)?.valueHash == Digest(sha256: [3]))
    }

    @Test func anUpdateThatChangesNothingWritesNothing() throws {
        var test = TreeUnderTest()
        var random = SplitMix64(seed: 5)
        let updates = (0..<100).map { _ in
            JellyfishUpdate(key: crowdedKey(&random), valueHash: Digest(sha256: [1]))
        }
        try test.apply(updates)
        let change = try test.tree.updated(with: updates, version: 99)
        #expect(change.root == test.root)
        #expect(change.added.isEmpty)
        #expect(change.stale.isEmpty)
    }

    @Test func refusesAVersionThatIsNotAbove() throws {
        var test = TreeUnderTest()
        try test.apply([JellyfishUpdate(key: .zero, valueHash: .zero)])
        let tree = test.tree
        #expect(throws: JellyfishError.versionNotAbove(1)) { try tree.updated(with: [], version: 1) }
    }

    @Test func nodesSurviveTheirEncoding() throws {
        var random = SplitMix64(seed: 6)
        var test = TreeUnderTest()
        let updates = (0..<300).map { _ in
            JellyfishUpdate(key: crowdedKey(&random), valueHash: Digest(sha256: [1]))
        }
        let change = try test.tree.updated(with: updates, version: 1)
        for (key, node) in change.added {
            let read = try JellyfishNode(canonicalBytes: node.canonicalBytes)
            #expect(read == node)
            #expect(read.hash == node.hash)
            #expect(try JellyfishNodeKey(canonicalBytes: key.canonicalBytes) == key)
        }
        try test.apply(updates)
    }
}
