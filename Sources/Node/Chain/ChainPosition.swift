package import Canonical
import Ledger
package import ProofOfState

/// Where a chain stands, read at one moment.
package struct ChainPosition: Sendable {
    package let height: Height
    package let hash: BlockHash
    package let time: Timestamp
    package let view: View
    package let leader: ValidatorIndex
    package let roots: [NodeStatus.Root]
    package let waiting: Int
    package let stopReason: String?
}

extension ReplicatedChain {
    package func position() -> ChainPosition {
        let tip = consensus.tip
        return ChainPosition(
            height: tip.height, hash: BlockHash(tip.hash), time: tip.header.header.time, view: consensus.view,
            leader: consensus.leader,
            roots: recentRoots.map { NodeStatus.Root(height: $0.height, root: $0.root) },
            waiting: application.waitingCount, stopReason: stopReason)
    }
}
