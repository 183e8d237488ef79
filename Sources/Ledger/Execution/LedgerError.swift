package import Caesar
package import Canonical
package import MerkleTree

/// Why the ledger cannot go on, or cannot begin. Unlike a refusal this is no operation's fault.
package enum LedgerError: Error, Sendable, Hashable {
    /// The genesis breaks this rule.
    case malformedGenesis(String)
    /// The block does not follow the last one.
    case wrongHeight(have: UInt64, next: UInt64)
    case wrongParent(have: BlockHash, tip: BlockHash)
    case timeGoesBack(have: Timestamp, tip: Timestamp)
    /// The sum over the accounts is not the supply: the block is not applied.
    case conservation(CaesarError)
    case tree(JellyfishError)
    case corruptState(BCSError)
    /// A snapshot's content does not have the root that it should.
    case rootMismatch(expected: Digest, computed: Digest)
    /// Entries that a snapshot may not have: twice the same key, or no tip of its version.
    case malformedSnapshot(String)
    /// The version is not kept any more, or not there yet.
    case versionUnavailable(UInt64)
}

extension LedgerError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformedGenesis(let rule): "malformed genesis: \(rule)"
        case .wrongHeight(let have, let next): "block \(have) where \(next) is next"
        case .wrongParent(let have, let tip):
            "the block's parent is \(have.shortDescription), the last block \(tip.shortDescription)"
        case .timeGoesBack(let have, let tip):
            "the block's time \(have.nanoseconds) lies before the last one's \(tip.nanoseconds)"
        case .conservation(let error): "conservation is broken: \(error)"
        case .tree(let error): "state tree: \(error)"
        case .corruptState(let error): "the state is damaged: \(error)"
        case .rootMismatch(let expected, let computed):
            "the content has root \(computed.shortDescription), not \(expected.shortDescription)"
        case .malformedSnapshot(let rule): "malformed snapshot: \(rule)"
        case .versionUnavailable(let version): "version \(version) of the state is not kept"
        }
    }
}
