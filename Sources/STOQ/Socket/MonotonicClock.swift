package import Canonical
import Glibc

/// The machine's monotonic clock, as the cores want it.
package enum MonotonicClock {
    /// Nanoseconds since the machine started.
    package static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Timestamp(nanoseconds: UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec))
    }
}
