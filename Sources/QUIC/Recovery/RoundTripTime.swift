/// The round-trip time's estimate (RFC 9002 section 5), nanoseconds.
struct RoundTripTime {
    private(set) var smoothed: UInt64
    private(set) var variation: UInt64
    private(set) var minimum: UInt64 = 0
    private(set) var latest: UInt64 = 0
    /// When the first sample came: packets sent before it prove no persistent congestion.
    private(set) var firstSampleTime: UInt64?

    /// The clock's grain (RFC 9002 section 6.1.2).
    static let granularity: UInt64 = 1_000_000

    init(initial: UInt64) {
        smoothed = initial
        variation = initial / 2
    }

    var hasSample: Bool { firstSampleTime != nil }

    /// - Parameter acknowledgementDelay: what the peer said, already limited to its maximum.
    mutating func update(sample: UInt64, acknowledgementDelay: UInt64, now: UInt64) {
        latest = sample
        guard hasSample else {
            firstSampleTime = now
            minimum = sample
            smoothed = sample
            variation = sample / 2
            return
        }
        minimum = min(minimum, sample)
        let adjusted = sample >= minimum &+ acknowledgementDelay ? sample - acknowledgementDelay : sample
        let difference = smoothed > adjusted ? smoothed - adjusted : adjusted - smoothed
        variation = variation / 4 * 3 + difference / 4
        smoothed = smoothed / 8 * 7 + adjusted / 8
    }

    /// The probe timeout before back-off and the peer's delay are added.
    var probeTimeout: UInt64 { smoothed + max(4 * variation, Self.granularity) }

    /// How late a packet may be before time says that it is lost.
    var lossDelay: UInt64 { max(9 * max(smoothed, latest) / 8, Self.granularity) }
}
