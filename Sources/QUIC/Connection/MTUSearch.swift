/// Finds the largest datagram that a path carries by probes between what works and what does not (RFC 8899).
struct MTUSearch {
    /// Known to arrive, bytes.
    private(set) var confirmed: Int
    /// The largest worth trying, bytes.
    private var ceiling: Int
    private var attempts = 0
    /// A probe is on its way.
    private(set) var probing: Int?
    private var isFirst = true

    /// Closer than this is good enough, bytes.
    private static let precision = 16

    init(confirmed: Int, maximum: Int) {
        self.confirmed = confirmed
        ceiling = maximum
    }

    /// Limits the search to what the peer takes.
    mutating func limit(to size: Int) {
        ceiling = max(confirmed, min(ceiling, size))
    }

    /// The size to probe next; nil when the search is over or a probe is on its way.
    var nextProbe: Int? {
        guard probing == nil, ceiling > confirmed, isFirst || ceiling - confirmed >= Self.precision else { return nil }
        return isFirst ? ceiling : (confirmed + ceiling + 1) / 2
    }

    mutating func sent(_ size: Int) {
        probing = size
    }

    mutating func acknowledged() {
        guard let size = probing else { return }
        confirmed = max(confirmed, size)
        probing = nil
        attempts = 0
        isFirst = false
    }

    mutating func lost() {
        guard let size = probing else { return }
        probing = nil
        attempts += 1
        guard attempts >= Limits.mtuProbesMax else { return }
        attempts = 0
        isFirst = false
        ceiling = size - 1
    }

    /// Full datagrams vanish: go back to the size that every path carries, and search no more above it.
    mutating func blackHole(base: Int) {
        confirmed = base
        ceiling = base
        probing = nil
    }
}
