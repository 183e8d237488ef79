import Foundation

/// One line on the terminal that says how far a file has got.
final class ProgressLine {
    private let name: String
    private let start = ContinuousClock.now
    private var shown = ContinuousClock.now

    init(_ name: String) {
        self.name = name
    }

    /// Shows the state, at most ten times a second and at the end.
    func show(_ done: UInt64, of all: UInt64) {
        let now = ContinuousClock.now
        guard now - shown > .milliseconds(100) || done == all else { return }
        shown = now
        let percent = all == 0 ? 100 : done * 100 / all
        write("\r\(name)  \(percent) %  \(done >> 20) of \(all >> 20) MiB  \(rate(done, now)) MiB/s ")
    }

    func end(_ text: String) {
        write("\n\(text)\n")
    }

    private func rate(_ done: UInt64, _ now: ContinuousClock.Instant) -> UInt64 {
        let milliseconds = UInt64(max(1, (now - start) / .milliseconds(1)))
        return (done * 1000 / milliseconds) >> 20
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
