import Synchronization

/// Lets a task give up a request that the endpoint's thread may not have seen yet.
final class RequestTicket: Sendable {
    private let cancelled = Atomic(false)

    var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

    func cancel() { cancelled.store(true, ordering: .releasing) }
}
