import Canonical
import MerkleTree

extension LedgerState {
    /// Lowest height to which `revert` can return.
    package var lowestRevertibleHeight: UInt64 { undo.first.map { $0.height - 1 } ?? height }

    /// Takes back every block above `target`: values, tree, sums and anchors are then exactly what they were.
    /// - Throws: `versionUnavailable` when the way back is not kept that far, or `target` is above the tip.
    package mutating func revert(toHeight target: UInt64) throws(LedgerError) {
        guard target <= height, target >= lowestRevertibleHeight else { throw .versionUnavailable(target) }
        while height > target {
            guard let record = undo.popLast() else { throw .versionUnavailable(target) }
            for (key, value) in record.before { values[key] = value }
            nodes.remove(record.added)
            root = record.rootBefore
            guard let bytes = values[LedgerKey.tip] else {
                throw .malformedSnapshot("it has no tip")
            }
            do {
                tip = try Tip(canonicalBytes: bytes)
            } catch {
                throw .corruptState(error)
            }
        }
    }
}
