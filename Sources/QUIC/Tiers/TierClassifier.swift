/// Classifies a path by what it delivers, with hysteresis: up after two intervals in a row, down only after a second in
/// which the path, not the application, held sending back. Rates are bytes a second, times nanoseconds.
///
/// The rate is that of whole intervals: single samples span a round trip, and where that is short, what a token bucket or
/// a busy host lets through at once makes them several times the link's rate.
struct TierClassifier {
    private static let intervalMin: UInt64 = 20_000_000
    private static let patience: UInt64 = 1_000_000_000
    /// How far beyond a bound a rate must be to cross it.
    private static let margin = 0.1

    /// The class found; nil at first.
    private(set) var tier: PathTier?
    private var intervalStart: UInt64?
    private var deliveredBefore: UInt64 = 0
    private var previous = 0.0
    /// The path held sending back for some of the interval, or for all of it.
    private var isLimitedByPath = false
    private var isLimitedThroughout = true
    private var firstInterval: UInt64 = 0
    private var belowSince: UInt64?
    private var highestBelow = 0.0

    /// Takes a sample of delivery.
    /// - Parameters:
    ///   - isGrowing: the congestion controller is still looking for the path's capacity.
    ///   - isHidden: the sample shows the controller's restraint.
    mutating func note(_ sample: AcknowledgementSample, isGrowing: Bool, isHidden: Bool) -> PathTierChange? {
        guard let start = intervalStart else {
            firstInterval = sample.now
            startInterval(sample)
            return nil
        }
        if sample.rate > 0, !sample.isApplicationLimited, !isHidden { isLimitedByPath = true }
        if sample.isApplicationLimited || isHidden { isLimitedThroughout = false }
        let elapsed = sample.now &- start
        guard elapsed >= max(Self.intervalMin, sample.smoothed) else { return nil }
        let rate = Double(sample.totalDelivered &- deliveredBefore) * 1e9 / Double(elapsed)
        defer {
            previous = rate
            startInterval(sample)
        }
        guard let tier else { return classify(sample, rate, isGrowing: isGrowing) }
        return compare(with: tier, rate, sample)
    }

    private mutating func startInterval(_ sample: AcknowledgementSample) {
        intervalStart = sample.now
        deliveredBefore = sample.totalDelivered
        isLimitedByPath = false
        isLimitedThroughout = true
    }

    /// The first class is named once the rate no longer doubles, or a second has passed.
    private mutating func classify(
        _ sample: AcknowledgementSample, _ rate: Double, isGrowing: Bool
    ) -> PathTierChange? {
        let isSettled = previous > 0 && rate < 1.25 * previous && !isGrowing
        guard isLimitedByPath, isSettled || sample.now &- firstInterval >= Self.patience else { return nil }
        let highest = max(rate, previous)
        return change(to: PathTier(bitsPerSecond: 8 * highest), .firstMeasured, highest, sample)
    }

    private mutating func compare(
        with tier: PathTier, _ rate: Double, _ sample: AcknowledgementSample
    ) -> PathTierChange? {
        let sustained = min(rate, previous)
        let up = PathTier(bitsPerSecond: 8 * sustained / (1 + Self.margin))
        if up > tier { return change(to: up, .rateRose, sustained, sample) }
        guard PathTier(bitsPerSecond: 8 * rate * (1 + Self.margin)) < tier else {
            belowSince = nil
            return nil
        }
        guard isLimitedThroughout else { return nil }
        guard let since = belowSince else {
            belowSince = sample.now
            highestBelow = rate
            return nil
        }
        highestBelow = max(highestBelow, rate)
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
