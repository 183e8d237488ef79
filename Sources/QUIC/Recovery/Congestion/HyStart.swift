/// Tells slow start when to end because the round trip grows (HyStart++, RFC 9406). Rounds are counted by delivered
/// bytes. Sending is paced, so growth a round has no limit of its own (section 4.3, L).
struct HyStart {
    private static let minimumThreshold: UInt64 = 4_000_000
    private static let maximumThreshold: UInt64 = 16_000_000
    private static let thresholdDivisor: UInt64 = 8
    private static let samplesPerRound = 8
    private static let conservativeRounds = 5
    /// How much slower the window grows while the end of slow start is on trial.
    static let conservativeDivisor = 4

    private var roundEnd: UInt64 = 0
    private var lastMinimum = UInt64.max
    private var currentMinimum = UInt64.max
    private var sampleCount = 0
    /// The round trip when delay was found to rise, while that is on trial.
    private var baseline: UInt64?
    private var roundsOnTrial = 0

    /// Whether growth is slowed down.
    var isConservative: Bool { baseline != nil }

    /// Takes a round-trip sample.
    /// - Returns: whether slow start is over.
    mutating func acknowledged(_ sample: AcknowledgementSample) -> Bool {
        guard sample.hasNewest else { return false }
        var isOver = false
        if sample.priorDelivered >= roundEnd { isOver = startRound(sample) }
        currentMinimum = min(currentMinimum, sample.roundTrip)
        sampleCount += 1
        guard sampleCount >= Self.samplesPerRound, currentMinimum != .max else { return isOver }
        if let baseline {
            if currentMinimum < baseline { self.baseline = nil }
        } else if lastMinimum != .max {
            let threshold = max(
                Self.minimumThreshold, min(lastMinimum / Self.thresholdDivisor, Self.maximumThreshold))
            guard currentMinimum >= lastMinimum &+ threshold else { return isOver }
            baseline = currentMinimum
            roundsOnTrial = 0
        }
        return isOver
    }

    private mutating func startRound(_ sample: AcknowledgementSample) -> Bool {
        roundEnd = sample.totalDelivered
        lastMinimum = currentMinimum
        currentMinimum = .max
        sampleCount = 0
        guard isConservative else { return false }
        roundsOnTrial += 1
        return roundsOnTrial >= Self.conservativeRounds
    }
}
