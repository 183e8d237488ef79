/// Classifies a path by what it delivers, with hysteresis: up after two intervals in a row, down only after a second in
/// which the path, not the application, held sending back. Rates are bytes a second, times nanoseconds.
struct TierClassifier {
    private static let intervalMin: UInt64 = 20_000_000
    private static let patience: UInt64 = 1_000_000_000
    /// How far beyond a bound a rate must be to cross it.
    private static let margin = 0.1

    /// The class found; nil at first.
    private(set) var tier: PathTier?
    private var intervalStart: UInt64?
    private var best = 0.0
    private var previous = 0.0
    private var isLimitedByPath = false
    private var firstInterval: UInt64 = 0
    private var belowSince: UInt64?
    private var highestBelow = 0.0

    /// Takes a sample of delivery.
    /// - Parameters:
    ///   - isGrowing: the congestion controller is still looking for the path's capacity.
    ///   - isHidden: the sample shows the controller's restraint.
    mutating func note(_ sample: AcknowledgementSample, isGrowing: Bool, isHidden: Bool) -> PathTierChange? {
        guard sample.rate > 0 else { return nil }
        let start = intervalStart ?? sample.now
        if intervalStart == nil {
            intervalStart = sample.now
            firstInterval = sample.now
        }
        best = max(best, sample.rate)
        if !sample.isApplicationLimited, !isHidden { isLimitedByPath = true }
        guard sample.now &- start >= max(Self.intervalMin, sample.smoothed) else { return nil }
        defer {
            previous = best
            best = 0
            isLimitedByPath = false
            intervalStart = sample.now
        }
        guard let tier else { return classify(sample, isGrowing: isGrowing) }
        return compare(with: tier, sample)
    }

    /// The first class is named once the rate no longer doubles, or a second has passed.
    private mutating func classify(_ sample: AcknowledgementSample, isGrowing: Bool) -> PathTierChange? {
        let isSettled = previous > 0 && best < 1.25 * previous && !isGrowing
        guard isLimitedByPath, isSettled || sample.now &- firstInterval >= Self.patience else { return nil }
        return change(to: PathTier(bitsPerSecond: 8 * max(best, previous)), .firstMeasured, max(best, previous), sample)
    }

    private mutating func compare(with tier: PathTier, _ sample: AcknowledgementSample) -> PathTierChange? {
        let sustained = 8 * min(best, previous)
        let up = PathTier(bitsPerSecond: sustained / (1 + Self.margin))
        if up > tier { return change(to: up, .rateRose, min(best, previous), sample) }
        let down = PathTier(bitsPerSecond: 8 * best * (1 + Self.margin))
        guard down < tier else {
            belowSince = nil
            return nil
        }
        guard isLimitedByPath else { return nil }
        guard let since = belowSince else {
            belowSince = sample.now
            highestBelow = best
            return nil
        }
        highestBelow = max(highestBelow, best)
        guard sample.now &- since >= Self.patience else { return nil }
        return change(to: PathTier(bitsPerSecond: 8 * highestBelow), .rateFell, highestBelow, sample)
    }

    private mutating func change(
        to next: PathTier, _ cause: PathTierChange.Cause, _ rate: Double, _ sample: AcknowledgementSample
    ) -> PathTierChange? {
        belowSince = nil
        guard next != tier else { return nil }
        defer { tier = next }
        return PathTierChange(
            from: tier, to: next, cause: cause, bitsPerSecond: UInt64(min(8 * rate, 1e18)),
            roundTripNanoseconds: sample.smoothed)
    }
}
