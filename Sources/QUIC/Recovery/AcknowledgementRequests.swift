/// What this end asks of the peer's acknowledgements (draft-ietf-quic-ack-frequency section 4), so that bulk data needs
/// few of them: at least four a round trip, at most as many packets apart as the path's class says.
struct AcknowledgementRequests {
    /// The request that holds or is on its way.
    private(set) var current: AcknowledgementFrequencyFrame?
    /// Waits to be sent.
    var isQueued = false
    private var lastChange: UInt64 = 0
    /// The peer's delay that is known to hold, nanoseconds; until an answer to a request the longer one counts.
    private var agreedDelay: UInt64?

    private static let acknowledgementsPerRoundTrip = 4
    private static let packetsMin = 2
    private static let delayMaxMicroseconds: UInt64 = 25_000

    /// Decides whether to ask for something else, once a round trip at most and only when it differs by half.
    mutating func consider(
        window: Int, sample: AcknowledgementSample, packetsMax: Int, reordering: UInt64, peerMinimum: UInt64
    ) {
        guard !isQueued, sample.now &- lastChange >= sample.smoothed else { return }
        let fitting = window / max(sample.segment, 1) / Self.acknowledgementsPerRoundTrip
        let packets = max(Self.packetsMin, min(packetsMax, fitting))
        let roundTrip = sample.smoothed / 1000 / UInt64(Self.acknowledgementsPerRoundTrip)
        let delay = max(peerMinimum, min(max(roundTrip, 1000), Self.delayMaxMicroseconds))
        let threshold = UInt64(packets - 1)
        if let current {
            guard
                Self.differs(current.threshold + 1, threshold + 1) || Self.differs(current.delayMicroseconds, delay)
                    || current.reordering != reordering
            else { return }
        } else if packets == Self.packetsMin {
            return
        }
        current = AcknowledgementFrequencyFrame(
            sequence: (current?.sequence).map { $0 + 1 } ?? 0, threshold: threshold, delayMicroseconds: delay,
            reordering: reordering)
        lastChange = sample.now
        isQueued = true
    }

    private static func differs(_ old: UInt64, _ new: UInt64) -> Bool {
        2 * new > 3 * old || 3 * new < 2 * old
    }

    /// The packet with a request arrived.
    mutating func acknowledged(_ sequence: UInt64) {
        guard let current, current.sequence == sequence else { return }
        agreedDelay = current.delayMicroseconds * 1000
    }

    mutating func lost(_ sequence: UInt64) {
        if current?.sequence == sequence { isQueued = true }
    }

    /// How long the peer may hold an acknowledgement back, nanoseconds (section 7).
    func peerDelay(declared: UInt64) -> UInt64 {
        let agreed = agreedDelay ?? declared
        return max(agreed, current.map { $0.delayMicroseconds * 1000 } ?? agreed)
    }

    /// The packets that the peer may gather before it acknowledges.
    var packets: Int { current.map { Int(min($0.threshold, 1 << 16)) + 1 } ?? Self.packetsMin }
}
