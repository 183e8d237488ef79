/// When received packets are acknowledged: as RFC 9000 section 13.2 says, or as the peer asked with ACK_FREQUENCY
/// (draft-ietf-quic-ack-frequency section 6).
struct AcknowledgementPolicy {
    /// The ack-eliciting packets that make an acknowledgement due.
    private(set) var packets: Int
    /// How long one may wait, nanoseconds.
    private(set) var delay: UInt64
    /// How far packets may be out of order before that is told; zero is any distance.
    private var reordering: UInt64 = 1
    private var sequence: UInt64?
    private var wasMarked = false
    /// The largest packet number told in an ACK frame.
    private var largestTold: UInt64?

    init(packets: Int, delay: UInt64) {
        self.packets = packets
        self.delay = delay
    }

    /// Takes over what the peer asked for, unless it asked for something else since.
    mutating func update(_ frame: AcknowledgementFrequencyFrame) {
        guard sequence.map({ frame.sequence > $0 }) ?? true else { return }
        sequence = frame.sequence
        packets = Int(min(frame.threshold, Limits.acknowledgementPacketsMax - 1)) + 1
        delay = frame.delayMicroseconds * 1000
        reordering = frame.reordering
    }

    mutating func acknowledged(largest: UInt64) {
        largestTold = largest
    }

    /// Whether a packet's mark is to be told at once: the first of a run when the peer asked for few acknowledgements.
    mutating func isUrgent(_ ecn: ECNCodepoint) -> Bool {
        let isMarked = ecn == .congestionExperienced
        defer { wasMarked = isMarked }
        return isMarked && (packets <= 2 || !wasMarked)
    }

    /// Whether a packet's place in the order is to be told at once.
    /// - Parameters:
    ///   - isOutOfOrder: it is not the one after the highest.
    ///   - received: all packets received, this one too.
    func isUrgent(_ number: UInt64, isOutOfOrder: Bool, received: RangeSet) -> Bool {
        guard reordering > 1 else { return reordering == 1 && isOutOfOrder }
        guard received.count > 1, let last = received.last else { return false }
        let reported = largestTold.flatMap { $0 >= reordering ? $0 - reordering : nil }
        if isOutOfOrder, let reported, number <= reported { return true }
        let floor = reported.map { $0 + 1 } ?? 0
        var missing: UInt64?
        var index = received.count - 1
        while index > 0, received[index].lowerBound > floor {
            let candidate = max(received[index - 1].upperBound, floor)
            if candidate < received[index].lowerBound { missing = candidate }
            index -= 1
        }
        guard let missing else { return false }
        return last.upperBound - 1 - missing >= reordering
    }
}
