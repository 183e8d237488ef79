import Canonical
import ProofOfState

/// Looks at every execution by an honest node: one block and one state root a height, linked, with valid headers.
struct ChainChecker: Sendable {
    private struct Final: Sendable {
        let header: SealedHeader
        /// State root after the block.
        let root: Digest
    }

    private var finals: [Final] = []
    private let base: SealedHeader
    private let schedule: LeaderSchedule

    init(configuration: ConsensusConfiguration) {
        base = configuration.base
        schedule = configuration.schedule
    }

    var height: Height { UInt64(finals.count) }

    /// The hash that was executed at a height.
    func hash(at height: Height) -> Digest? {
        height >= 1 && height <= UInt64(finals.count) ? finals[Int(height) - 1].header.hash : nil
    }

    /// What is wrong with an execution: the property and the words.
    mutating func observe(_ block: Block, root: Digest, by node: Int) -> (SimulationFailure.Property, String)? {
        let index = Int(block.height) - 1
        guard index >= 0, index <= finals.count else {
            return (.validity, "node \(node) skipped to height \(index + 1)")
        }
        if index < finals.count {
            let known = finals[index]
            if known.header.hash != block.hash { return (.agreement, "two blocks are final at height \(index + 1)") }
            if known.root != root { return (.stateRoots, "node \(node) computed another state at height \(index + 1)") }
            return nil
        }
        if let rule = brokenRule(block) { return (.validity, "height \(index + 1): \(rule)") }
        finals.append(Final(header: block.header, root: root))
        return nil
    }

    private func brokenRule(_ block: Block) -> String? {
        let parent = finals.last?.header ?? base
        guard block.parentHash == parent.hash else { return "the parent is not the block before" }
        guard block.header.parentView == (finals.isEmpty ? 0 : parent.view) else { return "the parent view is wrong" }
        guard block.view > block.header.parentView else { return "the view does not ascend" }
        guard block.header.time > parent.time else { return "the time does not ascend" }
        guard block.header.proposer == schedule.leader(of: block.view) else { return "the proposer did not lead" }
        if let last = finals.last, block.header.header.stateRoot != last.root { return "the state root is wrong" }
        return nil
    }
}
