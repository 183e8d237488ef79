import Canonical
import ProofOfState

/// Looks at everything that honest nodes sign and send, over all their lives: no two of one node contradict each other.
struct HonestSignatureChecker: Sendable {
    private struct Signed: Sendable {
        var notarized: Digest?
        var finalized: Digest?
        var proposed: Digest?
        var isNullified = false
    }

    private var signed: [[Signed]]

    init(nodes: Int) {
        signed = Array(repeating: [], count: nodes)
    }

    private mutating func open(_ view: Int, of node: Int) {
        while signed[node].count <= view { signed[node].append(Signed()) }
    }

    /// The contradiction that a vote makes, in words.
    mutating func observe(_ vote: Vote, of node: Int) -> String? {
        let view = Int(vote.view)
        open(view, of: node)
        let known = signed[node][view]
        switch vote.kind {
        case .notarize:
            if let hash = known.notarized, hash != vote.hash { return "node \(node) notarized twice in view \(view)" }
            signed[node][view].notarized = vote.hash
        case .nullify:
            if known.finalized != nil { return "node \(node) nullified view \(view) after finalizing it" }
            signed[node][view].isNullified = true
        case .finalize:
            if known.isNullified { return "node \(node) finalized view \(view) after nullifying it" }
            if let hash = known.finalized, hash != vote.hash { return "node \(node) finalized twice in view \(view)" }
            signed[node][view].finalized = vote.hash
        }
        return nil
    }

    /// The contradiction that a proposal makes, in words.
    mutating func observeProposal(_ block: Block, of node: Int) -> String? {
        let view = Int(block.view)
        open(view, of: node)
        if let hash = signed[node][view].proposed, hash != block.hash {
            return "node \(node) proposed twice in view \(view)"
        }
        signed[node][view].proposed = block.hash
        return nil
    }
}
