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

    /// What added to ``now`` gives Unix time, nanoseconds, modulo 2^64.
    static var unixOffset: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        let unix = UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
        return unix &- now.nanoseconds
    }
}
