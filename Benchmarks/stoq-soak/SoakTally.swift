import QUIC
import Synchronization

/// What the load came to so far.
final class SoakTally: Sendable {
    struct Counts {
        var streams = 0
        var bytesUp = 0
        var bytesDown = 0
        var requests = 0
        var datagramsSent = 0
        var datagramsReturned = 0
        var abandoned = 0
        var sessions = 0
        var corrupted = 0
        var failed = 0
        /// The first few.
        var failures: [String] = []
        var keyUpdates: UInt64 = 0
        var packetsLost: UInt64 = 0
    }

    private let state = Mutex(Counts())

    var counts: Counts { state.withLock { $0 } }

    func note(_ change: @Sendable (inout Counts) -> Void) {
        state.withLock { change(&$0) }
    }

    func noteFailure(_ what: String, _ error: any Error) {
        state.withLock { counts in
            counts.failed += 1
            if counts.failures.count < 10 { counts.failures.append("\(what): \(error)") }
        }
    }

    /// One line of a report.
    func line(seconds: Int64, resident: Int, _ rebindings: Int) -> String {
        let now = counts
        return """
            \(seconds) s  \(resident >> 10) KiB  up \(now.bytesUp >> 20) MiB  down \(now.bytesDown >> 20) MiB  \
            streams \(now.streams)  requests \(now.requests)  datagrams \(now.datagramsReturned)/\(now.datagramsSent)  \
            abandoned \(now.abandoned)  sessions \(now.sessions)  key updates \(now.keyUpdates)  \
            lost \(now.packetsLost)  rebindings \(rebindings)  corrupted \(now.corrupted)  failed \(now.failed)
            """
    }
}
