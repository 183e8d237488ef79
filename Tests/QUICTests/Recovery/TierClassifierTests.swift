import Testing

@testable import QUIC

@Suite struct TierClassifierTests {
    /// Feeds samples of a rate for a while, one a millisecond.
    func feed(
        _ classifier: inout TierClassifier, megabits: Double, milliseconds: Int, from now: inout UInt64,
        isApplicationLimited: Bool = false
    ) -> [PathTierChange] {
        var changes: [PathTierChange] = []
        for _ in 0..<milliseconds {
            now += 1_000_000
            var sample = AcknowledgementSample(now: now, segment: 1200, inFlight: 0)
            sample.rate = megabits * 125_000
            sample.smoothed = 10_000_000
            sample.isApplicationLimited = isApplicationLimited
            if let change = classifier.note(sample, isGrowing: false, isHidden: false) { changes.append(change) }
        }
        return changes
    }

    @Test(arguments: [
        (95.0, PathTier.megabits100), (960, .gigabit1), (2350, .gigabits2500), (9400, .gigabits10),
        (24_000, .gigabits25),
    ])
    func `names the class by rate`(megabits: Double, tier: PathTier) {
        var classifier = TierClassifier()
        var now: UInt64 = 1_000_000_000
        let changes = feed(&classifier, megabits: megabits, milliseconds: 100, from: &now)
        #expect(changes.map(\.to) == [tier])
        #expect(changes.map(\.cause) == [.firstMeasured])
    }

    @Test func `goes up fast, down only after a second, and names the cause`() {
        var classifier = TierClassifier()
        var now: UInt64 = 1_000_000_000
        _ = feed(&classifier, megabits: 950, milliseconds: 500, from: &now)
        let up = feed(&classifier, megabits: 9500, milliseconds: 100, from: &now)
        #expect(up.map(\.to) == [.gigabits10])
        #expect(up.map(\.cause) == [.rateRose])
        let patient = feed(&classifier, megabits: 950, milliseconds: 900, from: &now)
        #expect(patient.isEmpty)
        let down = feed(&classifier, megabits: 950, milliseconds: 300, from: &now)
        #expect(down.map(\.to) == [.gigabit1])
        #expect(down.map(\.cause) == [.rateFell])
    }

    @Test func `stays where it is while the rate wavers about a bound, or the application sends little`() {
        var classifier = TierClassifier()
        var now: UInt64 = 1_000_000_000
        _ = feed(&classifier, megabits: 1000, milliseconds: 100, from: &now)
        for _ in 0..<20 {
            var changes = feed(&classifier, megabits: 1500, milliseconds: 100, from: &now)
            changes += feed(&classifier, megabits: 1650, milliseconds: 100, from: &now)
            #expect(changes.isEmpty)
        }
        let idle = feed(&classifier, megabits: 3, milliseconds: 3000, from: &now, isApplicationLimited: true)
        #expect(idle.isEmpty)
        #expect(classifier.tier == .gigabit1)
    }
}
