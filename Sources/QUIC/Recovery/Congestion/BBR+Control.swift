/// Pacing rate, send quantum and congestion window (section 5.6).
extension BBR {
    /// The share of the bandwidth that is used, so that queues drain.
    private static let pacingMargin = 0.99

    /// Until bandwidth is known the pace follows from the initial window and the first round trip.
    mutating func initializePacing(_ sample: AcknowledgementSample) {
        guard !hasRoundTrip else { return }
        hasRoundTrip = true
        pacingRate = Self.startupPacingGain * Double(initialWindow) * 1e9 / Double(max(sample.roundTrip, 1000))
    }

    mutating func setPacingRate(gain: Double) {
        let rate = gain * bandwidth * Self.pacingMargin
        if rate > 0, isFullBandwidthReached || rate > pacingRate { pacingRate = rate }
    }

    mutating func setSendQuantum() {
        sendQuantum = max(2 * segment, min(Int(pacingRate / 1000), 65_536))
    }

    func bandwidthDelayProduct(_ gain: Double) -> Double {
        guard minimumRoundTrip != .max else { return Double(initialWindow) }
        return gain * bandwidth * Double(minimumRoundTrip) / 1e9
    }

    /// The estimated bandwidth-delay product, unless congestion cut the window.
    var targetInflight: Int { min(Int(bandwidthDelayProduct(1)), window) }

    /// What sender and receiver hold back to work in batches (section 5.5.8.2): one batch being filled, one on its
    /// way, and what the receiver gathers before it acknowledges.
    private var offloadBudget: Int { 2 * sendQuantum + acknowledgementBudget }

    private func quantize(_ inflight: Double) -> Int {
        var cap = max(Int(min(inflight, 1e15)), offloadBudget, minimumWindow)
        if phase == .probeUp { cap += 2 * segment }
        return cap
    }

    func inflight(gain: Double) -> Int { quantize(bandwidthDelayProduct(gain)) }

    var inflightWithHeadroom: Int {
        guard inflightLongTerm != Self.unlimited else { return Self.unlimited }
        let spared = max(segment, Int(Self.headroom * Double(inflightLongTerm)))
        return max(inflightLongTerm - spared, minimumWindow)
    }

    /// The window, not the pace, held sending back before this acknowledgement.
    var isWindowLimited: Bool { priorInFlight + 2 * segment > window }

    var probeRoundTripWindow: Int {
        max(Int(bandwidthDelayProduct(Self.probeRoundTripWindowGain)), minimumWindow)
    }

    mutating func setWindow(acknowledged: Int) {
        let most = quantize(bandwidthDelayProduct(windowGain) + max(extraFilter.0, extraFilter.1))
        if isFullBandwidthReached {
            window = min(window + acknowledged, most)
        } else if window < most || totalDelivered < UInt64(initialWindow) {
            window += acknowledged
        }
        window = max(window, minimumWindow)
        if phase == .probeRoundTrip { window = min(window, probeRoundTripWindow) }
        boundWindow()
    }

    private mutating func boundWindow() {
        var cap = Self.unlimited
        switch phase {
        case .probeDown, .probeRefill, .probeUp: cap = inflightLongTerm
        case .probeCruise, .probeRoundTrip: cap = inflightWithHeadroom
        default: break
        }
        window = min(window, max(min(cap, inflightShortTerm), minimumWindow))
    }
}
