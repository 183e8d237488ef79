import Caesar
package import Canonical
package import MerkleTree
import ProofOfState

/// The replicated state machine: values, the tree that authenticates them, and the way back over the last blocks.
///
/// Blocks are executed in a line, also before they are final, because a header carries the state root after its
/// parent. `revert(toHeight:)` takes blocks back that lost; what is to be durable is written when a block is final.
package struct LedgerState: Sendable {
    /// Blocks that can be taken back, and whose versions can be queried: as many as consensus lets wait for finality.
    package static let undoBlocksMax = ConsensusLimits.unfinalizedBlocksMax

    /// Every key and its value. Readers outside the module go through `StateReading`.
    var values: [StateKey: [UInt8]]
    var nodes: JellyfishMemoryStore
    /// Root of the state tree after the last block.
    package internal(set) var root: JellyfishRoot
    /// The last executed block.
    package internal(set) var tip: Tip
    package let network: NetworkID
    package let policy: Policy
    // Oldest first.
    var undo: [UndoRecord] = []

    /// Hash that headers carry for the state after the last block.
    package var stateRoot: Digest { root.hash }

    /// Height of the last executed block.
    package var height: UInt64 { tip.height }

    /// Count of keys.
    package var count: Int { values.count }

    /// Every key and value, in no order: for checks of the whole state.
    package var entries: some Sequence<(key: StateKey, value: [UInt8])> { values.lazy.map { ($0.key, $0.value) } }

    /// A state from all its entries, with the tree built anew. The entries carry their own height in their tip.
    init(values: [StateKey: [UInt8]]) throws(LedgerError) {
        do {
            guard let tip = try values.decoded(Tip.self, LedgerKey.tip),
                let network = try values.decoded(NetworkID.self, LedgerKey.network),
                let policy = try values.decoded(Policy.self, LedgerKey.policy)
            else { throw LedgerError.malformedSnapshot("it has no tip, network or policy") }
            self.tip = tip
            self.network = network
            self.policy = policy
        } catch let error as LedgerError {
            throw error
        } catch let error as BCSError {
            throw .corruptState(error)
        } catch {
            throw .malformedSnapshot("\(error)")
        }
        self.values = values
        nodes = JellyfishMemoryStore()
        root = .empty
        let updates = values.map { StateChange(key: $0.key, value: $0.value).treeUpdate }
        let change = try LedgerState.change(of: root, in: nodes, by: updates, version: tip.height)
        nodes.insert(change.added)
        root = change.root
    }

    /// Restores a state from entries that a store kept. `stateRoot`, where it is known, must be what they hash to.
    package init(
        restoring entries: some Sequence<(key: StateKey, value: [UInt8])>, stateRoot: Digest?
    ) throws(LedgerError) {
        var values: [StateKey: [UInt8]] = [:]
        for (key, value) in entries {
            guard values.updateValue(value, forKey: key) == nil else {
                throw .malformedSnapshot("a key occurs twice")
            }
        }
        try self.init(values: values)
        if let stateRoot, stateRoot != root.hash {
            throw .rootMismatch(expected: stateRoot, computed: root.hash)
        }
        do {
            try Caesar.checkConservation(over: self.entries)
        } catch {
            throw .conservation(error)
        }
    }

    /// Writes changes into values and tree as the version `tip.height`, and remembers the way back.
    mutating func install(_ changes: [StateChange], tip next: Tip) throws(LedgerError) {
        let change = try LedgerState.change(
            of: root, in: nodes, by: changes.map(\.treeUpdate), version: next.height)
        var before: [StateKey: [UInt8]?] = [:]
        for entry in changes {
            before.updateValue(values[entry.key], forKey: entry.key)
            values[entry.key] = entry.value
        }
        nodes.insert(change.added)
        undo.append(
            UndoRecord(
                height: next.height, rootBefore: root, before: before, added: change.added.map(\.key),
                stale: change.stale))
        root = change.root
        tip = next
        if undo.count > LedgerState.undoBlocksMax { nodes.remove(undo.removeFirst().stale) }
    }

    static func change(
        of root: JellyfishRoot, in nodes: JellyfishMemoryStore, by updates: [JellyfishUpdate], version: UInt64
    ) throws(LedgerError) -> JellyfishChange {
        do {
            return try JellyfishTree(root: root, in: nodes).updated(with: updates, version: version)
        } catch {
            throw .tree(error)
        }
    }
}

extension LedgerState: StateReading {
    package func value(for key: StateKey) -> [UInt8]? { values[key] }
}

extension [StateKey: [UInt8]] {
    fileprivate func decoded<T: CanonicalDecodable>(_: T.Type, _ key: StateKey) throws(BCSError) -> T? {
        guard let bytes = self[key] else { return nil }
        return try T(canonicalBytes: bytes)
    }
}

extension LedgerState: CustomStringConvertible, CustomReflectable {
    /// Height and root: the values may be millions.
    package var description: String { "state of block \(height), root \(stateRoot.shortDescription)" }
    package var customMirror: Mirror { Mirror(self, children: ["height": height, "root": stateRoot]) }
}
