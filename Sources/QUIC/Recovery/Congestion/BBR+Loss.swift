/// What loss says of the path (section 5.5.10), and taking it back (section 5.5.11).
extension BBR {
    /// Works on a packet declared lost.
    /// - Parameters:
    ///   - number: its packet number, by which runs of losses are told apart.
    ///   - lostSince: bytes lost since it was sent, itself included.
    mutating func lost(_ packet: SentPacket, number: UInt64, lostSince: Int, delivered: UInt64, now: UInt64) {
        self.now = now
        totalDelivered = delivered
        if lastLostNumber.map({ number != $0 &+ 1 }) ?? true { lossRanges += 1 }
        lastLostNumber = number
        noteLoss()
        lostInRound += Int(packet.size)
        guard isProbeSample else { return }
        let inFlight = Int(packet.delivery.inFlight)
        guard isTooHigh(lost: lostSince, inFlight: inFlight) else { return }
        let safe = inflightAtLoss(size: Int(packet.size), inFlight: inFlight, lost: lostSince)
        handleTooHigh(inFlight: safe, isApplicationLimited: packet.delivery.isApplicationLimited)
    }

    /// Works on a mark by which a router asks to slow down: as on a round's loss, and an end of the probe at hand.
    mutating func congestionExperienced(now: UInt64) {
        self.now = now
        noteLoss()
        isMarkInRound = true
        if isProbeSample { handleTooHigh(inFlight: inFlight, isApplicationLimited: false) }
    }

    private mutating func noteLoss() {
        if !isLossInRound {
            lossRoundDelivered = totalDelivered
            lossRoundBase = totalDelivered
            lostInRound = 0
            saveState()
        }
        isLossInRound = true
    }

    /// Whether more was lost of what was in flight than the threshold allows, beyond what chance makes of it.
    func isTooHigh(lost: Int, inFlight: Int) -> Bool {
        let allowed = Double(inFlight) * Self.lossThreshold
        guard Double(lost) > allowed else { return false }
        let packet = Double(segment)
        return Double(lost) > allowed + 2 * (allowed / packet).squareRoot() * packet
    }

    /// What was in flight when losses crossed the threshold, perhaps within this packet.
    private func inflightAtLoss(size: Int, inFlight: Int, lost: Int) -> Int {
        let before = Double(max(0, inFlight - size))
        let lostBefore = Double(max(0, lost - size))
        let prefix = (Self.lossThreshold * before - lostBefore) / (1 - Self.lossThreshold)
        return max(0, Int(before + prefix))
    }

    private mutating func handleTooHigh(inFlight: Int, isApplicationLimited: Bool) {
        wasProbeTooHigh = true
        isProbeSample = false
        if !isApplicationLimited {
            inflightLongTerm = max(inFlight, Int(Double(targetInflight) * Self.beta), minimumWindow)
        }
        guard phase == .probeUp else { return }
        undoPhase = .probeUp
        startDown()
    }

    mutating func saveWindow() {
        priorWindow = isLossInRound || phase == .probeRoundTrip ? max(priorWindow, window) : window
    }

    mutating func saveState() {
        saveWindow()
        undoPhase = nil
        undoBandwidthShortTerm = bandwidthShortTerm
        undoInflightShortTerm = inflightShortTerm
        undoInflightLongTerm = inflightLongTerm
    }

    /// No packet declared lost was.
    mutating func restore() {
        window = max(window, priorWindow)
        isLossInRound = false
        resetFullBandwidth()
        bandwidthShortTerm = max(bandwidthShortTerm, undoBandwidthShortTerm)
        inflightShortTerm = max(inflightShortTerm, undoInflightShortTerm)
        inflightLongTerm = max(inflightLongTerm, undoInflightLongTerm)
        let undone = undoPhase
        undoPhase = nil
        if undone == .startup, phase != .startup {
            isFullBandwidthReached = false
            if phase != .probeRoundTrip { enterStartup() }
        } else if undone == .probeUp, phase != .probeUp, phase != .probeRoundTrip {
            startRefill()
        }
    }
}
