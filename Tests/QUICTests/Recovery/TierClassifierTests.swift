import Testing

@testable import QUIC

@Suite struct TierClassifierTests {
    /// A path seen for some time.
    struct Seen {
        var classifier = TierClassifier()
        var now: UInt64 = 1_000_000_000
        var delivered: UInt64 = 0
        var tier: PathTier? { classifier.tier }
    }

    /// Feeds samples of a rate for a while, one a millisecond.
    /// - Parameter sampled: what each sample says, in multiples of the rate.
    func feed(
        _ path: inout Seen, megabits: Double, milliseconds: Int, sampled: Double = 1, isApplicationLimited: Bool = false
    ) -> [PathTierChange] {
        var changes: [PathTierChange] = []
        for _ in 0..<milliseconds {
            path.now += 1_000_000
            path.delivered += UInt64(megabits * 125)
            var sample = AcknowledgementSample(now: path.now, segment: 1200, inFlight: 0)
            sample.rate = sampled * megabits * 125_000
            sample.totalDelivered = path.delivered
            sample.smoothed = 10_000_000
            sample.isApplicationLimited = isApplicationLimited
            if let change = path.classifier.note(sample, isGrowing: false, isHidden: false) { changes.append(change) }
        }
        return changes
    }

    @Test(arguments: [
        (95.0, PathTier.megabits100), (960, .gigabit1), (2350, .gigabits2500), (9400, .gigabits10),
        (24_000, .gigabits25),
    ])
    func `names the class by rate`(megabits: Double, tier: PathTier) {
        var path = Seen()
        let changes = feed(&path, megabits: megabits, milliseconds: 100)
        #expect(changes.map(\.to) == [tier])
        #expect(changes.map(\.cause) == [.firstMeasured])
    }

    @Test func `goes up fast, down only after a second, and names the cause`() {
        var path = Seen()
        _ = feed(&path, megabits: 950, milliseconds: 500)
        let up = feed(&path, megabits: 9500, milliseconds: 100)
        #expect(up.map(\.to) == [.gigabits10])
        #expect(up.map(\.cause) == [.rateRose])
        let patient = feed(&path, megabits: 950, milliseconds: 900)
        #expect(patient.isEmpty)
        let down = feed(&path, megabits: 950, milliseconds: 300)
        #expect(down.map(\.to) == [.gigabit1])
        #expect(down.map(\.cause) == [.rateFell])
    }

    @Test func `stays where it is while the rate wavers about a bound, or the application sends little`() {
        var path = Seen()
        _ = feed(&path, megabits: 1000, milliseconds: 100)
        for _ in 0..<20 {
            var changes = feed(&path, megabits: 1500, milliseconds: 100)
            changes += feed(&path, megabits: 1650, milliseconds: 100)
            #expect(changes.isEmpty)
        }
        let idle = feed(&path, megabits: 3, milliseconds: 3000, isApplicationLimited: true)
        #expect(idle.isEmpty)
        #expect(path.tier == .gigabit1)
    }

    @Test func `is not misled by samples that a token bucket or a busy host makes too high`() {
        var path = Seen()
        let changes = feed(&path, megabits: 950, milliseconds: 2000, sampled: 3)
        #expect(changes.map(\.to) == [.gigabit1])
    }

    @Test func `does not fall while the application has little to send now and then`() {
        var path = Seen()
        _ = feed(&path, megabits: 9500, milliseconds: 100)
        for _ in 0..<100 {
            var changes = feed(&path, megabits: 9500, milliseconds: 2)
            changes += feed(&path, megabits: 10, milliseconds: 28, isApplicationLimited: true)
            #expect(changes.isEmpty)
        }
    }
}
