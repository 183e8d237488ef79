package import Canonical

/// Chooses the providers of a job: the k candidates with the lowest SHA-256(job, seed, candidate).
///
/// The seed is the hash of the block that takes the order. A requester cannot know it when it signs; the validator that
/// proposes the block can try blocks until the lottery suits it, at the cost of a hash a try. Everyone can recompute the
/// choice.
package enum JobAssignment {
    /// `count` of the candidates, ascending by their lot; fewer when there are fewer.
    package static func choose(
        _ count: Int, of candidates: some Sequence<NodeID>, for job: JobID, seed: Digest
    ) -> [NodeID] {
        let lots = candidates.map { (lot: lot(of: $0, for: job, seed: seed), node: $0) }
        return lots.sorted { ($0.lot, $0.node) < ($1.lot, $1.node) }.prefix(max(0, count)).map(\.node)
    }

    private static func lot(of node: NodeID, for job: JobID, seed: Digest) -> Digest {
        var encoder = BCSEncoder()
        encoder.encode(job)
        encoder.encode(seed)
        encoder.encode(node)
        return Digest(.jobAssignment, encoder.bytes)
    }
}
