/// The congestion controllers to choose from, by their usual names.
public enum CongestionAlgorithm: String, Sendable, Hashable, CaseIterable {
    /// Halves its window at a loss, grows by a packet a round trip (RFC 9002 section 7).
    case newReno = "newreno"
    /// Grows along a cubic curve (RFC 9438) and leaves slow start when delay rises (HyStart++, RFC 9406).
    case cubic
    /// Paces at the rate the path was seen to deliver; random loss hardly slows it (BBR version 3,
    /// draft-ietf-ccwg-bbr).
    case bbr
}

/// What a congestion controller is doing.
public enum CongestionPhase: String, Sendable, Hashable {
    /// Growing fast, since the path's capacity is not known.
    case slowStart = "slow_start"
    /// HyStart++ saw delay rise and grows slower to see whether it was right.
    case conservativeSlowStart = "conservative_slow_start"
    /// Growing slowly near the path's capacity.
    case congestionAvoidance = "congestion_avoidance"
    /// Until a packet sent after the last reduction is acknowledged.
    case recovery
    /// BBR: growing fast.
    case startup
    /// BBR: emptying the queue that startup made.
    case drain
    /// BBR: sending slower than the path delivers.
    case probeDown = "probe_bw_down"
    /// BBR: sending as the path delivers.
    case probeCruise = "probe_bw_cruise"
    /// BBR: filling the path before a probe.
    case probeRefill = "probe_bw_refill"
    /// BBR: sending faster than the path delivered, to see whether it takes more.
    case probeUp = "probe_bw_up"
    /// BBR: holding little in flight to measure the round trip without a queue.
    case probeRoundTrip = "probe_rtt"
}
