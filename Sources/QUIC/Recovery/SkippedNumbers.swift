/// Packet numbers that are left out on purpose, so that a peer which acknowledges what it never received gives itself
/// away (RFC 9000 section 21.4).
struct SkippedNumbers {
    /// The next number to leave out; nil until the first distance is drawn.
    private(set) var next: UInt64?
    private var distance = Limits.skipDistanceMin
    /// The last ones left out, oldest first.
    private var recent: [UInt64] = []

    /// Chooses the next number to leave out: one to two distances from `number` on. Distances double, so that bulk loses
    /// little.
    mutating func draw(from number: UInt64, random: UInt64) {
        next = number + distance + random % distance
        distance = min(distance * 2, Limits.skipDistanceMax)
    }

    /// Notes that a number was left out.
    mutating func note(_ number: UInt64) {
        if recent.count >= Limits.skippedNumbersMax { recent.removeFirst() }
        recent.append(number)
    }

    /// Whether one of the numbers left out is in a range.
    func overlap(_ range: ClosedRange<UInt64>) -> Bool {
        recent.contains { range.contains($0) }
    }

    /// Whether no number has been left out yet.
    var isEmpty: Bool { recent.isEmpty }
}
