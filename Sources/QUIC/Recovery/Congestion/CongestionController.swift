/// The congestion controller of one path: one of three, chosen by name and bound statically. It allocates nothing, and
/// its cost a packet does not depend on how many are in flight.
struct CongestionController {
    private enum State {
        case newReno(NewReno)
        case cubic(Cubic)
        case bbr(BBR)
    }

    private var state: State
    /// Which it is.
    let algorithm: CongestionAlgorithm
    /// What may be in flight, bytes.
    private(set) var window: Int
    /// The pace, bytes a second.
    private(set) var pacingRate: Double
    /// When the window was last reduced; packets sent before do not reduce it again.
    private var recoveryStart: UInt64?
    private var isInRecovery = false

    init(_ algorithm: CongestionAlgorithm, window: Int, segment: Int, roundTrip: UInt64, now: UInt64, seed: UInt64) {
        self.algorithm = algorithm
        self.window = window
        switch algorithm {
        case .newReno: state = .newReno(NewReno(window: window))
        case .cubic: state = .cubic(Cubic(window: window))
        case .bbr: state = .bbr(BBR(window: window, segment: segment, now: now, seed: seed))
        }
        pacingRate = Self.rate(window: window, roundTrip: roundTrip, isInSlowStart: true)
    }

    /// A little more than a window each round trip (RFC 9002 section 7.7).
    private static func rate(window: Int, roundTrip: UInt64, isInSlowStart: Bool) -> Double {
        (isInSlowStart ? 2.0 : 1.25) * Double(window) * 1e9 / Double(max(roundTrip, 1000))
    }

    /// Whether a packet was sent before the last reduction took hold.
    func isBeforeReduction(_ time: UInt64) -> Bool {
        recoveryStart.map { time <= $0 } ?? false
    }

    var phase: CongestionPhase {
        switch state {
        case .newReno(let reno): isInRecovery ? .recovery : reno.isInSlowStart ? .slowStart : .congestionAvoidance
        case .cubic(let cubic):
            isInRecovery
                ? .recovery
                : cubic.isConservative
                    ? .conservativeSlowStart : cubic.isInSlowStart ? .slowStart : .congestionAvoidance
        case .bbr(let bbr): bbr.phase
        }
    }

    /// Works on what an ACK frame acknowledged, after losses were found.
    mutating func acknowledged(_ sample: AcknowledgementSample) {
        if sample.hasNewest, !isBeforeReduction(sample.newestSentTime) { isInRecovery = false }
        switch state {
        case .newReno(var reno):
            reno.acknowledged(sample)
            state = .newReno(reno)
        case .cubic(var cubic):
            cubic.acknowledged(sample)
            state = .cubic(cubic)
        case .bbr(var bbr):
            bbr.acknowledged(sample)
            state = .bbr(bbr)
        }
        publish(roundTrip: sample.smoothed)
    }

    /// Works on one lost packet; only BBR looks at each.
    /// - Parameter lostSince: bytes lost since it was sent, itself included.
    mutating func lost(_ packet: SentPacket, number: UInt64, lostSince: Int, delivered: UInt64, now: UInt64) {
        guard case .bbr(var bbr) = state else { return }
        bbr.lost(packet, number: number, lostSince: lostSince, delivered: delivered, now: now)
        state = .bbr(bbr)
    }

    /// Reduces the window, once a round trip, for packets lost or marked.
    /// - Returns: whether this was the first since the last reduction took hold.
    mutating func congestion(
        sentAt time: UInt64, isMark: Bool, segment: Int, roundTrip: UInt64, now: UInt64
    ) -> Bool {
        let isFirst = !isBeforeReduction(time)
        guard isFirst else { return false }
        recoveryStart = now
        isInRecovery = true
        switch state {
        case .newReno(var reno):
            reno.congestion(segment: segment)
            state = .newReno(reno)
        case .cubic(var cubic):
            cubic.congestion(segment: segment)
            state = .cubic(cubic)
        case .bbr(var bbr):
            if isMark { bbr.congestionExperienced(now: now) }
            state = .bbr(bbr)
        }
        publish(roundTrip: roundTrip)
        return true
    }

    /// Falls back to little in flight (RFC 9002 section 7.6).
    mutating func persistentCongestion(segment: Int, inFlight: Int, roundTrip: UInt64) {
        recoveryStart = nil
        isInRecovery = false
        switch state {
        case .newReno(var reno):
            reno.persistentCongestion(segment: segment)
            state = .newReno(reno)
        case .cubic(var cubic):
            cubic.persistentCongestion(segment: segment)
            state = .cubic(cubic)
        case .bbr(var bbr):
            bbr.persistentCongestion(segment: segment, inFlight: inFlight)
            state = .bbr(bbr)
        }
        publish(roundTrip: roundTrip)
    }

    /// Takes the last reduction back: what was declared lost had only come late.
    mutating func restore(roundTrip: UInt64) {
        isInRecovery = false
        switch state {
        case .newReno(var reno):
            reno.restore()
            state = .newReno(reno)
        case .cubic(var cubic):
            cubic.restore()
            state = .cubic(cubic)
        case .bbr(var bbr):
            bbr.restore()
            state = .bbr(bbr)
        }
        publish(roundTrip: roundTrip)
    }

    /// Sending begins again after the application had nothing to send and nothing was in flight.
    mutating func restartFromIdle(now: UInt64) {
        guard case .bbr(var bbr) = state else { return }
        bbr.restartFromIdle(now: now)
        state = .bbr(bbr)
        publish(roundTrip: 0)
    }

    /// Whether samples of delivery now show the controller's restraint and not the path: BBR measuring the round trip.
    var hidesBandwidth: Bool {
        guard case .bbr(let bbr) = state else { return false }
        return bbr.phase == .probeRoundTrip
    }

    private mutating func publish(roundTrip: UInt64) {
        switch state {
        case .newReno(let reno):
            window = reno.window
            pacingRate = Self.rate(window: window, roundTrip: roundTrip, isInSlowStart: reno.isInSlowStart)
        case .cubic(let cubic):
            window = cubic.window
            pacingRate = Self.rate(window: window, roundTrip: roundTrip, isInSlowStart: cubic.isInSlowStart)
        case .bbr(let bbr):
            window = bbr.window
            pacingRate = bbr.pacingRate
        }
    }
}
