/// All that one ACK frame says to a congestion controller. Times are nanoseconds, sizes bytes, rates bytes a second.
struct AcknowledgementSample {
    let now: UInt64
    /// The size of full datagrams.
    let segment: Int
    /// Newly acknowledged, and of that what was sent after the last reduction of the window.
    var acknowledged = 0
    var growable = 0
    /// Newly declared lost.
    var lost = 0
    /// In flight before this frame and after it.
    var priorInFlight = 0
    var inFlight = 0
    /// What the peer may hold back before it acknowledges.
    var acknowledgementBudget = 0

    /// Of the newest packet acknowledged: when it was sent, and what ``DeliveryMark`` said then.
    var hasNewest = false
    var newestSentTime: UInt64 = 0
    var priorDelivered: UInt64 = 0
    var priorTime: UInt64 = 0
    var priorLost: UInt64 = 0
    var sendElapsed: UInt64 = 0
    var transmitInFlight = 0
    var isApplicationLimited = false

    /// Delivered since the newest packet was sent, in all, and lost since then.
    var delivered = 0
    var totalDelivered: UInt64 = 0
    var lostSinceSent = 0
    /// The rate of delivery; zero when the sample says nothing.
    var rate = 0.0
    /// The smoothed and the lowest round trip.
    var smoothed: UInt64 = 0
    var minimum: UInt64 = 0

    init(now: UInt64, segment: Int, inFlight: Int) {
        self.now = now
        self.segment = segment
        priorInFlight = inFlight
    }

    /// The round trip of the newest packet.
    var roundTrip: UInt64 { now &- min(newestSentTime, now) }
}
