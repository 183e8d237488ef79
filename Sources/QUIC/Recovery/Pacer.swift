/// Spreads sending over time (RFC 9002 section 7.7) in batches big enough for segmentation offload: a millisecond's
/// worth, at most 64 KiB. What a late timer missed may be made up for, up to two batches or another millisecond's worth.
struct Pacer {
    private static let batchNanoseconds = 1_000_000.0
    private static let packetsMin = 10

    private var tokens = 0.0
    private var lastRefill: UInt64?
    /// Bytes a nanosecond.
    private var rate = 0.0
    private var batch = 0.0
    private var capacity = 0.0

    /// Sets the pace.
    /// - Parameters:
    ///   - bytesPerSecond: the rate.
    ///   - segment: the size of a datagram; ten go at once at any rate.
    ///   - burstMax: the most that may be made up for, bytes.
    mutating func set(bytesPerSecond: Double, segment: Int, burstMax: Int) {
        rate = max(bytesPerSecond, 1) / 1e9
        let least = Double(Self.packetsMin * segment)
        batch = max(least, min(rate * Self.batchNanoseconds, 65_536))
        capacity = max(batch, min(max(2 * batch, rate * Self.batchNanoseconds), max(Double(burstMax), batch)))
    }

    /// Whether a packet may go now.
    mutating func allows(now: UInt64) -> Bool {
        guard let last = lastRefill else {
            lastRefill = now
            tokens = capacity
            return true
        }
        if now > last {
            tokens = min(capacity, tokens + Double(now - last) * rate)
            lastRefill = now
        }
        return tokens > 0
    }

    /// The packets of a size that may go one after the other, after ``allows(now:)`` said yes.
    func packets(of size: Int) -> Int {
        tokens > 0 ? Int(clamping: Int64(min((tokens / Double(max(size, 1))).rounded(.up), 1e9))) : 0
    }

    mutating func consume(_ bytes: Int) {
        tokens -= Double(bytes)
    }

    /// When sending may go on: once half a batch has gathered, so that batches stay worthwhile.
    var nextSendTime: UInt64? {
        guard let lastRefill, tokens <= 0 else { return nil }
        return lastRefill &+ UInt64(min(((batch / 2 - tokens) / rate).rounded(.up), 1e12))
    }
}
