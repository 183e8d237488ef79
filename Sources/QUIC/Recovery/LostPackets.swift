/// The packets declared lost since the congestion window was last reduced, to tell when all of them had only come late
/// (RFC 9002 section 6.2 leaves it open; RFC 9438 section 4.9 and draft-ietf-ccwg-bbr section 5.5.11 take such a
/// reduction back).
struct LostPackets {
    private var numbers = RangeSet()
    /// Whether an acknowledgement of all would take the reduction back.
    private var isReversible = false

    var isEmpty: Bool { numbers.isEmpty }

    mutating func insert(_ number: UInt64) {
        numbers.insert(number..<number + 1)
        if numbers.count > Limits.lostRangesMax { forget() }
    }

    /// The window was reduced for losses of `first` and later packets.
    mutating func startEpisode(first: UInt64) {
        numbers.remove(0..<first)
        isReversible = !numbers.isEmpty
    }

    /// A reduction that late packets do not explain.
    mutating func forget() {
        numbers.removeAll()
        isReversible = false
    }

    /// Notes an acknowledged range.
    /// - Returns: the packets in it that were declared lost, and the lowest of them.
    mutating func acknowledge(_ range: ClosedRange<UInt64>) -> (count: Int, lowest: UInt64)? {
        guard let first = numbers.first, first.lowerBound <= range.upperBound else { return nil }
        var found: (count: Int, lowest: UInt64)?
        for lost in numbers where lost.overlaps(range) {
            let low = max(lost.lowerBound, range.lowerBound)
            let high = min(lost.upperBound - 1, range.upperBound)
            found = ((found?.count ?? 0) + Int(high - low) + 1, found?.lowest ?? low)
        }
        if found != nil { numbers.remove(range.lowerBound..<range.upperBound + 1) }
        return found
    }

    /// Whether everything lost since the reduction was acknowledged; asked once.
    mutating func takeReversal() -> Bool {
        guard isReversible, numbers.isEmpty else { return false }
        isReversible = false
        return true
    }
}
