import Canonical
import Testing

@Suite struct TimestampTests {
    @Test func `never wraps`() {
        #expect(Timestamp(seconds: .max) == .distantFuture)
        #expect(Timestamp.distantFuture.advanced(byNanoseconds: 1) == .distantFuture)
        #expect(Timestamp(seconds: 1).advanced(byMilliseconds: .max) == .distantFuture)
        #expect(Timestamp.zero.nanoseconds(since: Timestamp(seconds: 1)) == 0)
        #expect(Timestamp(seconds: 3).nanoseconds(since: Timestamp(milliseconds: 2500)) == 500_000_000)
    }

    @Test func `SplitMix64 gives the published sequence`() {
        // Reference output for seed 1234567 (prng.di.unimi.it/splitmix64.c).
        var random = SplitMix64(seed: 1_234_567)
        #expect(random.next() == 6_457_827_717_110_365_317)
        #expect(random.next() == 3_203_168_211_198_807_973)
    }
}
