/// The model of the path: rounds, bandwidth, round trip, aggregation (sections 5.3.1.2 and 5.5).
extension BBR {
    var maximumBandwidth: Double { max(bandwidthFilter.0, bandwidthFilter.1) }

    mutating func startRound() { nextRoundDelivered = totalDelivered }

    mutating func updateLatestDelivery(_ sample: AcknowledgementSample) {
        isLossRoundStart = false
        bandwidthLatest = max(bandwidthLatest, sample.rate)
        inflightLatest = max(inflightLatest, sample.delivered)
        guard sample.priorDelivered >= lossRoundDelivered else { return }
        lossRoundDelivered = totalDelivered
        isLossRoundStart = true
    }

    mutating func updateCongestion(_ sample: AcknowledgementSample) {
        updateRound(sample)
        if sample.rate > 0, sample.rate >= maximumBandwidth || !sample.isApplicationLimited {
            bandwidthFilter.1 = max(bandwidthFilter.1, sample.rate)
        }
        guard isLossRoundStart else { return }
        if !isProbingBandwidth, isLossInRound, isRoundCongested { lowerBounds() }
        isLossInRound = false
        isMarkInRound = false
        lostInRound = 0
    }

    private mutating func updateRound(_ sample: AcknowledgementSample) {
        isRoundStart = sample.priorDelivered >= nextRoundDelivered
        guard isRoundStart else { return }
        startRound()
        roundCount += 1
        roundsSinceProbe += 1
    }

    /// The current cycle's best sample becomes the last cycle's.
    mutating func advanceBandwidthFilter() {
        guard bandwidthFilter.1 > 0 else { return }
        bandwidthFilter = (bandwidthFilter.1, 0)
    }

    private var isProbingBandwidth: Bool { phase == .startup || phase == .probeRefill || phase == .probeUp }

    private var isRoundCongested: Bool {
        let delivered = Int(truncatingIfNeeded: totalDelivered &- lossRoundBase)
        return isMarkInRound || isTooHigh(lost: lostInRound, inFlight: delivered + lostInRound)
    }

    private mutating func lowerBounds() {
        if bandwidthShortTerm == .infinity { bandwidthShortTerm = maximumBandwidth }
        if inflightShortTerm == Self.unlimited { inflightShortTerm = window }
        bandwidthShortTerm = max(bandwidthLatest, Self.beta * bandwidthShortTerm)
        inflightShortTerm = max(inflightLatest, Int(Self.beta * Double(inflightShortTerm)))
    }

    mutating func resetShortTermModel() {
        bandwidthShortTerm = .infinity
        inflightShortTerm = Self.unlimited
    }

    mutating func resetCongestion() {
        isLossInRound = false
        bandwidthLatest = 0
        inflightLatest = 0
    }

    /// How much more is acknowledged at once than the bandwidth explains (section 5.5.9).
    mutating func updateAggregation(_ sample: AcknowledgementSample) {
        var expected = bandwidth * Double(now &- min(extraStart, now)) / 1e9
        if extraDelivered <= expected {
            extraDelivered = 0
            extraStart = now
            expected = 0
        }
        extraDelivered += Double(sample.acknowledged)
        let extra = min(extraDelivered - expected, Double(window))
        let half: UInt64 = isFullBandwidthReached ? 5 : 1
        if isRoundStart, roundCount >= extraRotatedAt + half {
            extraRotatedAt = roundCount
            extraFilter = (extraFilter.1, 0)
        }
        extraFilter.1 = max(extraFilter.1, extra)
    }

    mutating func resetFullBandwidth() {
        fullBandwidth = 0
        fullBandwidthCount = 0
        isFullBandwidthNow = false
    }

    mutating func checkFullBandwidth(_ sample: AcknowledgementSample) {
        guard !isFullBandwidthNow, isRoundStart, !sample.isApplicationLimited, sample.rate > 0 else { return }
        if sample.rate >= fullBandwidth * 1.25 {
            resetFullBandwidth()
            fullBandwidth = sample.rate
            return
        }
        fullBandwidthCount += 1
        isFullBandwidthNow = fullBandwidthCount >= 3
        if isFullBandwidthNow { isFullBandwidthReached = true }
    }

    mutating func checkStartupDone(_ sample: AcknowledgementSample) {
        checkStartupLoss(sample)
        if phase == .startup, isFullBandwidthReached { enterDrain() }
    }

    /// Leaves startup when a round lost more than 2 % in at least six places (section 5.3.1.3).
    private mutating func checkStartupLoss(_ sample: AcknowledgementSample) {
        guard phase == .startup, !isFullBandwidthReached, isLossRoundStart else { return }
        defer { lossRanges = 0 }
        guard lossRanges >= Self.startupLossRangesMin,
            isTooHigh(lost: sample.lostSinceSent, inFlight: sample.transmitInFlight)
        else { return }
        undoPhase = .startup
        isFullBandwidthReached = true
        inflightLongTerm = max(Int(bandwidthDelayProduct(1)), inflightLatest)
    }

    mutating func updateMinimumRoundTrip(_ sample: AcknowledgementSample) {
        isProbeRoundTripDue = now > probeMinimumStamp &+ Self.probeRoundTripInterval
        if sample.roundTrip < probeMinimum || isProbeRoundTripDue {
            probeMinimum = sample.roundTrip
            probeMinimumStamp = now
        }
        if probeMinimum < minimumRoundTrip || now > minimumStamp &+ Self.minimumFilterLength {
            minimumRoundTrip = probeMinimum
            minimumStamp = probeMinimumStamp
        }
    }
}
