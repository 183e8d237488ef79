/// The state machine: drain, the cycle of probing for bandwidth, and probing for the round trip (section 5.3).
extension BBR {
    mutating func enterStartup() {
        phase = .startup
        pacingGain = Self.startupPacingGain
        windowGain = Self.defaultWindowGain
    }

    mutating func enterDrain() {
        phase = .drain
        pacingGain = Self.drainPacingGain
        windowGain = Self.defaultWindowGain
        drainStartRound = roundCount
    }

    mutating func checkDrainDone() {
        guard phase == .drain else { return }
        if inFlight <= inflight(gain: 1) || roundCount > drainStartRound + 3 { startDown() }
    }

    mutating func startDown() {
        resetCongestion()
        probeUpPerIncrement = Self.unlimited
        roundsSinceProbe = Int(draw(below: 2))
        probeWait = 2_000_000_000 + draw(below: 1_000_000_000)
        cycleStamp = now
        acknowledgementPhase = .stopping
        startRound()
        phase = .probeDown
        pacingGain = 0.9
        windowGain = Self.defaultWindowGain
    }

    private mutating func startCruise() {
        phase = .probeCruise
        pacingGain = 1
        windowGain = Self.defaultWindowGain
    }

    mutating func startRefill() {
        resetShortTermModel()
        probeUpRounds = 0
        probeUpAcknowledged = 0
        wasProbePrecautionary = false
        acknowledgementPhase = .refilling
        startRound()
        phase = .probeRefill
        pacingGain = 1
        windowGain = Self.defaultWindowGain
    }

    private mutating func startUp(_ sample: AcknowledgementSample) {
        acknowledgementPhase = .starting
        startRound()
        resetFullBandwidth()
        fullBandwidth = sample.rate
        phase = .probeUp
        pacingGain = 1.25
        windowGain = 2.25
        raiseSlope()
    }

    /// Moves the cycle on, on each acknowledgement (section 5.3.3.9).
    mutating func updateCycle(_ sample: AcknowledgementSample) {
        guard isFullBandwidthReached, !adaptLongTermModel(sample), isProbingCycle else { return }
        switch phase {
        case .probeDown:
            if !startRefillIfDue(), isTimeToCruise { startCruise() }
        case .probeCruise: _ = startRefillIfDue()
        case .probeRefill:
            guard isRoundStart else { return }
            isProbeSample = true
            startUp(sample)
        default:
            guard isTimeToGoDown(sample) else { return }
            wasProbeTooHigh = false
            startDown()
        }
    }

    private var isTimeToCruise: Bool {
        inFlight <= inflightWithHeadroom && inFlight <= inflight(gain: 1)
    }

    private mutating func startRefillIfDue() -> Bool {
        let renoRounds = min(targetInflight / max(segment, 1), 63)
        guard now > cycleStamp &+ probeWait || roundsSinceProbe >= renoRounds else { return false }
        startRefill()
        return true
    }

    private mutating func isTimeToGoDown(_ sample: AcknowledgementSample) -> Bool {
        if wasProbeTooHigh, inFlight >= inflightLongTerm {
            wasProbePrecautionary = true
            return true
        }
        if isWindowLimited, window >= inflightLongTerm {
            resetFullBandwidth()
            fullBandwidth = sample.rate
            return false
        }
        return isFullBandwidthNow
    }

    private mutating func raiseSlope() {
        let growth = 1 << probeUpRounds
        probeUpRounds = min(probeUpRounds + 1, 30)
        probeUpPerIncrement = max(window / growth, segment)
    }

    private mutating func raiseLongTerm(_ sample: AcknowledgementSample) {
        guard isWindowLimited, window >= inflightLongTerm else { return }
        probeUpAcknowledged += sample.acknowledged
        if probeUpAcknowledged >= probeUpPerIncrement {
            let steps = probeUpAcknowledged / probeUpPerIncrement
            probeUpAcknowledged -= steps * probeUpPerIncrement
            inflightLongTerm += steps * segment
        }
        if isRoundStart { raiseSlope() }
    }

    /// - Returns: whether it moved the cycle on.
    private mutating func adaptLongTermModel(_ sample: AcknowledgementSample) -> Bool {
        if acknowledgementPhase == .starting, isRoundStart { acknowledgementPhase = .feedback }
        if acknowledgementPhase == .stopping, isRoundStart {
            isProbeSample = false
            acknowledgementPhase = .initial
            if isProbingCycle, !sample.isApplicationLimited { advanceBandwidthFilter() }
            if isProbingCycle, wasProbePrecautionary, !wasProbeTooHigh {
                startRefill()
                return true
            }
        }
        guard !isTooHigh(lost: sample.lostSinceSent, inFlight: sample.transmitInFlight),
            inflightLongTerm != Self.unlimited
        else { return false }
        inflightLongTerm = max(inflightLongTerm, sample.transmitInFlight)
        if phase == .probeUp { raiseLongTerm(sample) }
        return false
    }

    mutating func checkProbeRoundTrip(_ sample: AcknowledgementSample) {
        if phase != .probeRoundTrip, isProbeRoundTripDue, !isIdleRestart {
            saveWindow()
            phase = .probeRoundTrip
            pacingGain = 1
            windowGain = Self.probeRoundTripWindowGain
            probeDoneTime = nil
            acknowledgementPhase = .stopping
            startRound()
        }
        if phase == .probeRoundTrip { handleProbeRoundTrip() }
        if sample.delivered > 0 { isIdleRestart = false }
    }

    private mutating func handleProbeRoundTrip() {
        guard probeDoneTime != nil else {
            guard inFlight <= probeRoundTripWindow else { return }
            probeDoneTime = now &+ Self.probeRoundTripDuration
            isProbeRoundDone = false
            return startRound()
        }
        if isRoundStart { isProbeRoundDone = true }
        if isProbeRoundDone { checkProbeRoundTripDone() }
    }

    mutating func checkProbeRoundTripDone() {
        guard let done = probeDoneTime, now > done else { return }
        probeMinimumStamp = now
        window = max(window, priorWindow)
        resetShortTermModel()
        guard isFullBandwidthReached else { return enterStartup() }
        startDown()
        startCruise()
    }
}
