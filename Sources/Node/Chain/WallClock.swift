package import Canonical
import Glibc

/// Time since 1970 that never goes back: read from the system once, then counted by the monotonic clock, so that
/// setting the system's clock does not disturb timers.
package struct WallClock: Sendable {
    private let start: UInt64
    private let monotonicStart: UInt64

    package init() {
        start = WallClock.read(CLOCK_REALTIME)
        monotonicStart = WallClock.read(CLOCK_MONOTONIC)
    }

    package var now: Timestamp {
        Timestamp(nanoseconds: start &+ (WallClock.read(CLOCK_MONOTONIC) &- monotonicStart))
    }

    private static func read(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }
}
