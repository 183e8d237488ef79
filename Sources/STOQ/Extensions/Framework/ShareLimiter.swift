import Canonical
import Synchronization

/// Bounds how much of something is under way, for all peers and for each.
final class ShareLimiter: Sendable {
    private struct Counts {
        var all = 0
        var perPeer: [NodeID: Int] = [:]
    }

    private let limit: Int
    private let limitPerPeer: Int
    private let counts = Mutex(Counts())

    init(limit: Int, perPeer: Int) {
        self.limit = limit
        limitPerPeer = perPeer
    }

    /// What is under way.
    var count: Int { counts.withLock { $0.all } }

    /// Takes one more.
    /// - Returns: nil, or the limit that would be exceeded.
    func begin(for peer: NodeID) -> Int? {
        counts.withLock { counts in
            if counts.all >= limit { return limit }
            let own = counts.perPeer[peer, default: 0]
            if own >= limitPerPeer { return limitPerPeer }
            counts.all += 1
            counts.perPeer[peer] = own + 1
            return nil
        }
    }

    func end(for peer: NodeID) {
        counts.withLock { counts in
            counts.all -= 1
            let own = counts.perPeer[peer, default: 1] - 1
            counts.perPeer[peer] = own > 0 ? own : nil
        }
    }
}
