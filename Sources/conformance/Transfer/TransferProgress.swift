import Canonical
import Glibc
import STOQ

/// Tells on standard error how far a transfer is, at most once a second.
struct TransferProgress {
    private static let interval: UInt64 = 1_000_000_000
    private let start = MonotonicClock.now
    private var last = MonotonicClock.now

    static func say(_ text: String) {
        let line = Array("quic-transfer: \(text)\n".utf8)
        write(STDERR_FILENO, line, line.count)
    }

    mutating func note(_ what: String, _ count: Int) {
        let now = MonotonicClock.now
        guard now.nanoseconds(since: last) >= Self.interval else { return }
        last = now
        Self.say("\(what): \(count) bytes so far")
    }

    func finish(_ what: String, _ count: Int) {
        let microseconds = max(1, MonotonicClock.now.nanoseconds(since: start) / 1000)
        let rate = Double(count) / Double(microseconds)
        let tenths = Int(rate * 10)
        Self.say("\(what): \(count) bytes in \(microseconds / 1000) ms, \(tenths / 10).\(tenths % 10) MB/s")
    }
}
