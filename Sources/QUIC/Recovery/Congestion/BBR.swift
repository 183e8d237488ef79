/// BBR version 3 (draft-ietf-ccwg-bbr-06): paces at the rate that the path was seen to deliver, and keeps about one
/// bandwidth-delay product in flight. Names follow the draft. Sizes are bytes, rates bytes a second, times nanoseconds.
///
/// Two things differ from the draft, both so that random loss below its threshold of 2 % costs no rate. Loss counts as
/// above the threshold only when chance does not explain it (two standard deviations of a Poisson process), since in a
/// window of a few hundred packets one round trip in twenty shows twice its mean. And a round outside of probing lowers
/// the short-term bounds only when its loss is above the threshold; the draft lowers them at any loss.
struct BBR {
    /// Rounds of acknowledgements with respect to a probe for bandwidth.
    enum AcknowledgementPhase {
        case initial, starting, feedback, stopping, refilling
    }

    static let startupPacingGain = 2.77
    static let defaultWindowGain = 2.0
    static let drainPacingGain = 0.5
    static let probeRoundTripWindowGain = 0.5
    static let lossThreshold = 0.02
    static let beta = 0.7
    static let headroom = 0.15
    static let startupLossRangesMin = 6
    static let minimumWindowPackets = 4
    static let probeRoundTripInterval: UInt64 = 5_000_000_000
    static let probeRoundTripDuration: UInt64 = 200_000_000
    static let minimumFilterLength: UInt64 = 10_000_000_000
    static let unlimited = Int.max

    // Output
    var window: Int
    var pacingRate: Double
    var phase = CongestionPhase.startup

    // Input of the event at hand
    var now: UInt64
    var segment: Int
    var inFlight = 0
    var priorInFlight = 0
    var acknowledgementBudget = 0
    var totalDelivered: UInt64 = 0
    /// Draws the waits between probes; seeded by the connection.
    var random: UInt64
    let initialWindow: Int

    var pacingGain = BBR.startupPacingGain
    var windowGain = BBR.defaultWindowGain
    var sendQuantum = 0
    var hasRoundTrip = false

    // Rounds
    var nextRoundDelivered: UInt64 = 0
    var roundCount: UInt64 = 0
    var isRoundStart = false

    // Bandwidth
    var bandwidthFilter = (0.0, 0.0)
    var bandwidth = 0.0
    var fullBandwidth = 0.0
    var fullBandwidthCount = 0
    var isFullBandwidthNow = false
    var isFullBandwidthReached = false

    // Round trip
    var minimumRoundTrip = UInt64.max
    var minimumStamp: UInt64
    var probeMinimum = UInt64.max
    var probeMinimumStamp: UInt64
    var isProbeRoundTripDue = false
    var probeDoneTime: UInt64?
    var isProbeRoundDone = false
    var isIdleRestart = false

    // Aggregation of acknowledgements
    var extraStart: UInt64
    var extraDelivered = 0.0
    var extraFilter = (0.0, 0.0)
    var extraRotatedAt: UInt64 = 0

    // Loss
    var isLossInRound = false
    var isMarkInRound = false
    var lostInRound = 0
    var lossRoundBase: UInt64 = 0
    var lossRoundDelivered: UInt64 = 0
    var isLossRoundStart = false
    var lossRanges = 0
    var lastLostNumber: UInt64?
    var bandwidthLatest = 0.0
    var inflightLatest = 0
    var bandwidthShortTerm = Double.infinity
    var inflightShortTerm = BBR.unlimited
    var inflightLongTerm = BBR.unlimited

    // The cycle of probing for bandwidth
    var acknowledgementPhase = AcknowledgementPhase.initial
    var cycleStamp: UInt64
    var probeWait: UInt64 = 0
    var roundsSinceProbe = 0
    var probeUpRounds = 0
    var probeUpAcknowledged = 0
    var probeUpPerIncrement = BBR.unlimited
    var isProbeSample = false
    var wasProbeTooHigh = false
    var wasProbePrecautionary = false
    var drainStartRound: UInt64 = 0

    // To be restored
    var priorWindow = 0
    var undoPhase: CongestionPhase?
    var undoBandwidthShortTerm = Double.infinity
    var undoInflightShortTerm = BBR.unlimited
    var undoInflightLongTerm = BBR.unlimited

    init(window: Int, segment: Int, now: UInt64, seed: UInt64) {
        self.window = window
        self.segment = segment
        self.now = now
        initialWindow = window
        random = seed
        minimumStamp = now
        probeMinimumStamp = now
        extraStart = now
        cycleStamp = now
        pacingRate = Self.startupPacingGain * Double(window) * 1000
    }

    /// Works on what an ACK frame acknowledged (section 5.2.3).
    mutating func acknowledged(_ sample: AcknowledgementSample) {
        now = sample.now
        segment = sample.segment
        inFlight = sample.inFlight
        priorInFlight = sample.priorInFlight
        totalDelivered = sample.totalDelivered
        acknowledgementBudget = sample.acknowledgementBudget
        guard sample.hasNewest else { return }
        initializePacing(sample)
        updateLatestDelivery(sample)
        updateCongestion(sample)
        updateAggregation(sample)
        checkFullBandwidth(sample)
        checkStartupDone(sample)
        checkDrainDone()
        updateCycle(sample)
        updateMinimumRoundTrip(sample)
        checkProbeRoundTrip(sample)
        if isLossRoundStart {
            bandwidthLatest = sample.rate
            inflightLatest = sample.delivered
        }
        bandwidth = min(maximumBandwidth, bandwidthShortTerm)
        setPacingRate(gain: pacingGain)
        setSendQuantum()
        setWindow(acknowledged: sample.acknowledged)
    }

    /// The connection begins to send after silence (section 5.4.1).
    mutating func restartFromIdle(now: UInt64) {
        self.now = now
        isIdleRestart = true
        extraStart = now
        if isProbingCycle {
            setPacingRate(gain: 1)
        } else if phase == .probeRoundTrip {
            checkProbeRoundTripDone()
        }
    }

    /// Everything in flight was lost for long (RFC 9002 section 7.6): start over from little in flight.
    mutating func persistentCongestion(segment: Int, inFlight: Int) {
        self.segment = segment
        saveState()
        window = max(min(window, inFlight + segment), minimumWindow)
    }

    var minimumWindow: Int { Self.minimumWindowPackets * segment }

    var isProbingCycle: Bool {
        switch phase {
        case .probeDown, .probeCruise, .probeRefill, .probeUp: true
        default: false
        }
    }

    /// A number below `bound`, by splitmix64.
    mutating func draw(below bound: UInt64) -> UInt64 {
        random &+= 0x9E37_79B9_7F4A_7C15
        var mixed = random
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return (mixed ^ (mixed >> 31)) % bound
    }
}
