/// Finds the largest datagram that a path carries by probes between what works and what does not (RFC 8899).
struct MTUSearch {
    /// Known to arrive, bytes.
    private(set) var confirmed: Int
    /// The largest worth trying now, and the largest that is ever worth trying, bytes.
    private var ceiling: Int
    private var maximum: Int
    private var attempts = 0
    /// A probe is on its way.
    private(set) var probing: Int?
    /// The ceiling itself is tried first: mostly it works.
    private var triesCeiling = true
    /// When to look for a larger size again (PMTU_RAISE_TIMER).
    private var raiseTime: UInt64?
    /// Times in a row that large packets were lost and none arrived.
    private var suspicions = 0

    /// Closer than this is good enough, bytes.
    private static let precision = 16

    init(confirmed: Int, maximum: Int) {
        self.confirmed = confirmed
        ceiling = maximum
        self.maximum = maximum
    }

    /// Limits the search to what the peer takes.
    mutating func limit(to size: Int) {
        maximum = max(confirmed, min(maximum, size))
        ceiling = max(confirmed, min(ceiling, size))
    }

    /// The size to probe next; nil when the search is over for now or a probe is on its way.
    mutating func nextProbe(now: UInt64) -> Int? {
        guard probing == nil else { return nil }
        if let size = candidate { return size }
        guard confirmed + Self.precision <= maximum else { return nil }
        guard let raiseTime else {
            raiseTime = now &+ Limits.mtuRaiseNanoseconds
            return nil
        }
        guard now >= raiseTime else { return nil }
        self.raiseTime = nil
        ceiling = maximum
        triesCeiling = true
        return candidate
    }

    private var candidate: Int? {
        guard ceiling > confirmed, triesCeiling || ceiling - confirmed >= Self.precision else { return nil }
        return triesCeiling ? ceiling : (confirmed + ceiling + 1) / 2
    }

    mutating func sent(_ size: Int) {
        probing = size
    }

    mutating func acknowledged() {
        guard let size = probing else { return }
        confirmed = max(confirmed, size)
        probing = nil
        attempts = 0
        triesCeiling = false
    }

    mutating func lost() {
        guard let size = probing else { return }
        probing = nil
        attempts += 1
        guard attempts >= Limits.mtuProbesMax else { return }
        attempts = 0
        triesCeiling = false
        ceiling = max(confirmed, size - 1)
    }

    /// A packet that is no probe arrived.
    mutating func packetArrived(size: Int) {
        if suspicions > 0, size > Limits.minimumDatagramBytes { suspicions = 0 }
    }

    /// Large packets were lost together.
    /// - Returns: whether that happened so often, with none arriving between, that the path seems to swallow them.
    mutating func largePacketsLost() -> Bool {
        guard confirmed > Limits.minimumDatagramBytes else { return false }
        suspicions += 1
        return suspicions >= Limits.blackHoleSuspicionsMax
    }

    /// Full datagrams vanish: go back to the size that every path carries, and search again below what failed.
    mutating func blackHole(base: Int) {
        if confirmed > base { ceiling = confirmed - 1 }
        confirmed = base
        probing = nil
        attempts = 0
        suspicions = 0
        triesCeiling = false
    }
}
