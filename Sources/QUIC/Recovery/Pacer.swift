/// Spreads sending over the round trip (RFC 9002 section 7.7) in bursts big enough for segmentation offload.
struct Pacer {
    private var tokens = 0
    private var lastRefill: UInt64?

    /// The bytes that may go at once: two milliseconds' worth, at least ten packets, at most 64 KiB more than those.
    private static func burst(rate: Double, segment: Int) -> Int {
        max(10 * segment, min(Int(rate * 2_000_000), 10 * segment + 65_536))
    }

    /// Bytes a nanosecond: a little more than the window each round trip.
    private static func rate(window: Int, roundTrip: UInt64, slowStart: Bool) -> Double {
        (slowStart ? 2.0 : 1.25) * Double(window) / Double(max(roundTrip, 1000))
    }

    /// Whether a packet may go now.
    mutating func allows(window: Int, roundTrip: UInt64, slowStart: Bool, segment: Int, now: UInt64) -> Bool {
        let rate = Self.rate(window: window, roundTrip: roundTrip, slowStart: slowStart)
        let burst = Self.burst(rate: rate, segment: segment)
        guard let last = lastRefill else {
            lastRefill = now
            tokens = burst
            return true
        }
        if now > last {
            let earned = min(Double(now - last) * rate, Double(burst))
            if earned >= 1 {
                tokens = min(burst, tokens + Int(earned))
                lastRefill = now
            }
        }
        return tokens > 0
    }

    mutating func consume(_ bytes: Int) {
        tokens -= bytes
    }

    /// When sending may go on: once half a burst has gathered, so that batches stay worthwhile.
    func nextSendTime(window: Int, roundTrip: UInt64, slowStart: Bool, segment: Int) -> UInt64? {
        guard let lastRefill, tokens <= 0 else { return nil }
        let rate = Self.rate(window: window, roundTrip: roundTrip, slowStart: slowStart)
        let wanted = max(segment, Self.burst(rate: rate, segment: segment) / 2) - tokens
        return lastRefill &+ UInt64(min(Double(wanted) / rate, 1e12))
    }
}
