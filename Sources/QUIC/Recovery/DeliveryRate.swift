/// What was known of delivery when a packet was sent (draft-ietf-ccwg-bbr section 4.1.2.1.2).
struct DeliveryMark {
    /// Bytes acknowledged by then, and when the last of them were.
    var delivered: UInt64 = 0
    var deliveredTime: UInt64 = 0
    /// When the flight began that this packet belongs to.
    var firstSentTime: UInt64 = 0
    /// Bytes lost by then.
    var lost: UInt64 = 0
    /// Bytes in flight, this packet included.
    var inFlight: UInt32 = 0
    /// The application, not the path, held sending back.
    var isApplicationLimited = false
}

/// Measures at what rate a path delivers (draft-cheng-iccrg-delivery-rate-estimation): bytes acknowledged over the
/// longer of the time that it took to send them and the time that it took to hear of them.
struct DeliveryRate {
    /// Bytes acknowledged and lost so far.
    private(set) var delivered: UInt64 = 0
    private(set) var lost: UInt64 = 0
    /// The last sample's, bytes a second.
    private(set) var latestRate = 0.0
    private var deliveredTime: UInt64 = 0
    private var firstSentTime: UInt64 = 0
    /// While fewer bytes are delivered, samples speak of the application; zero is never.
    private var limitedUntil: UInt64 = 0

    /// Whether what is sent now is held back by the application.
    var isApplicationLimited: Bool { limitedUntil > 0 }

    /// Notes a packet about to be sent.
    /// - Parameter inFlight: bytes in flight without it.
    mutating func mark(size: Int, inFlight: Int, now: UInt64) -> DeliveryMark {
        if inFlight == 0 {
            firstSentTime = now
            deliveredTime = now
        }
        return DeliveryMark(
            delivered: delivered, deliveredTime: deliveredTime, firstSentTime: firstSentTime, lost: lost,
            inFlight: UInt32(clamping: inFlight + size), isApplicationLimited: isApplicationLimited)
    }

    /// Notes a packet's acknowledgement.
    mutating func acknowledge(_ packet: SentPacket, now: UInt64, _ sample: inout AcknowledgementSample) {
        let size = Int(packet.size)
        delivered += UInt64(packet.size)
        deliveredTime = now
        sample.acknowledged += size
        guard !sample.hasNewest || packet.time >= sample.newestSentTime else { return }
        let mark = packet.delivery
        sample.hasNewest = true
        sample.newestSentTime = packet.time
        sample.priorDelivered = mark.delivered
        sample.transmitInFlight = Int(mark.inFlight)
        sample.priorLost = mark.lost
        sample.isApplicationLimited = mark.isApplicationLimited
        sample.sendElapsed = packet.time &- min(mark.firstSentTime, packet.time)
        sample.priorTime = mark.deliveredTime
        firstSentTime = packet.time
    }

    /// Notes a packet's loss.
    mutating func lose(_ size: Int) {
        lost += UInt64(size)
    }

    /// Completes a sample after the last packet of an ACK frame.
    /// - Parameter minimum: the lowest round trip seen; shorter intervals say nothing.
    mutating func complete(_ sample: inout AcknowledgementSample, minimum: UInt64) {
        if limitedUntil > 0, delivered > limitedUntil { limitedUntil = 0 }
        sample.totalDelivered = delivered
        sample.lostSinceSent = Int(truncatingIfNeeded: lost &- sample.priorLost)
        guard sample.hasNewest else { return }
        sample.delivered = Int(truncatingIfNeeded: delivered &- sample.priorDelivered)
        let interval = max(sample.sendElapsed, deliveredTime &- min(sample.priorTime, deliveredTime))
        guard interval > 0, interval >= minimum else { return }
        sample.rate = Double(sample.delivered) * 1e9 / Double(interval)
        if !sample.isApplicationLimited || sample.rate > latestRate { latestRate = sample.rate }
    }

    /// The application has nothing more to send, though window and pace would let it.
    mutating func noteApplicationLimited(inFlight: Int) {
        limitedUntil = max(delivered &+ UInt64(max(0, inFlight)), 1)
    }
}
