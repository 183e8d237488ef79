import Foundation
import Node
import Synchronization

/// Tells on standard error how far a transfer is, once a second from its second second on.
final class TransferProgress: Sendable {
    private let next = Mutex(ContinuousClock.now + .seconds(1))

    /// To be called as often as there is news.
    var callback: TransferClient.Progress {
        { what, done, total in
            let now = ContinuousClock.now
            let isDue = self.next.withLock { next in
                guard now >= next else { return false }
                next = now + .seconds(1)
                return true
            }
            guard isDue else { return }
            let percent = total > 0 ? Int(Double(done) / Double(total) * 100) : 100
            Terminal.note("\(what): \(done) of \(total) (\(percent) %)")
        }
    }
}
