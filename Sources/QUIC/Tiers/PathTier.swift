/// The class of link that a path was measured to be, by the rate at which it delivers.
public enum PathTier: Int, Sendable, Hashable, CaseIterable, Comparable {
    case megabits100, gigabit1, gigabits2500, gigabits10, gigabits25

    /// The rate that the class is named after, bits a second.
    public var bitsPerSecond: UInt64 {
        switch self {
        case .megabits100: 100_000_000
        case .gigabit1: 1_000_000_000
        case .gigabits2500: 2_500_000_000
        case .gigabits10: 10_000_000_000
        case .gigabits25: 25_000_000_000
        }
    }

    public static func < (left: PathTier, right: PathTier) -> Bool { left.rawValue < right.rawValue }

    /// The class whose rate is nearest, counted in factors.
    init(bitsPerSecond rate: Double) {
        var nearest = PathTier.megabits100
        for tier in PathTier.allCases where rate >= tier.lowerBound { nearest = tier }
        self = nearest
    }

    /// Where the class begins: the geometric mean of its rate and the next lower one's, bits a second.
    var lowerBound: Double {
        guard let below = PathTier(rawValue: rawValue - 1) else { return 0 }
        return (Double(bitsPerSecond) * Double(below.bitsPerSecond)).squareRoot()
    }
}

/// A path was classified, or classified anew.
public struct PathTierChange: Sendable, Hashable {
    /// Why.
    public enum Cause: String, Sendable, Hashable {
        /// The path was measured for the first time.
        case firstMeasured = "first_measured"
        /// It delivered more, for two measuring intervals.
        case rateRose = "rate_rose"
        /// It delivered less for a second, though there was more to send.
        case rateFell = "rate_fell"
        /// Another path to the peer is in use, and nothing is known of it.
        case pathChanged = "path_changed"
    }

    /// The class before; nil when there was none.
    public let from: PathTier?
    /// The class now; nil when it is to be measured again.
    public let to: PathTier?
    public let cause: Cause
    /// The rate that was measured, bits a second, and the round trip, nanoseconds.
    public let bitsPerSecond: UInt64
    public let roundTripNanoseconds: UInt64
}
