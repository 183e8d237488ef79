import Synchronization

/// Messages waiting for a link: bounded, the oldest give way. One task takes at a time; unlike an `AsyncStream` the
/// queue outlives the task that takes from it, because links come and go.
final class OutgoingQueue: Sendable {
    fileprivate struct State {
        var messages: [[UInt8]] = []
        var first = 0
        var waiter: CheckedContinuation<[[UInt8]], Never>?
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    func push(_ message: [UInt8]) {
        let waiter = state.withLock { state -> CheckedContinuation<[[UInt8]], Never>? in
            if let waiter = state.waiter {
                state.waiter = nil
                return waiter
            }
            state.messages.append(message)
            if state.messages.count - state.first > limit { state.first += 1 }
            if state.first > limit {
                state.messages.removeFirst(state.first)
                state.first = 0
            }
            return nil
        }
        waiter?.resume(returning: [message])
    }

    /// The messages that wait, oldest first, up to about `byteLimit` bytes; waits for one when there is none. Empty when
    /// the task was cancelled.
    func next(byteLimit: Int = 64 << 10) async -> [[UInt8]] {
        await withTaskCancellationHandler {
            await withCheckedContinuation { wait(byteLimit, $0) }
        } onCancel: {
            let waiter = state.withLock { state in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume(returning: [])
        }
    }

    /// Answers at once when there are messages or the task is cancelled; otherwise `push` or the cancellation will.
    private func wait(_ byteLimit: Int, _ continuation: CheckedContinuation<[[UInt8]], Never>) {
        let ready = state.withLock { state -> [[UInt8]]? in
            if Task.isCancelled { return [] }
            let taken = state.take(byteLimit)
            if taken.isEmpty { state.waiter = continuation }
            return taken.isEmpty ? nil : taken
        }
        if let ready { continuation.resume(returning: ready) }
    }
}

extension OutgoingQueue.State {
    fileprivate mutating func take(_ byteLimit: Int) -> [[UInt8]] {
        var taken: [[UInt8]] = []
        var bytes = 0
        while first < messages.count, bytes < byteLimit {
            taken.append(messages[first])
            bytes += messages[first].count
            first += 1
        }
        if first == messages.count {
            messages.removeAll(keepingCapacity: true)
            first = 0
        }
        return taken
    }
}
