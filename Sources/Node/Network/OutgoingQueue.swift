import Synchronization

/// Messages waiting for a link: bounded, the oldest give way. One task takes at a time; unlike an `AsyncStream` the
/// queue outlives the task that takes from it, because links come and go.
final class OutgoingQueue: Sendable {
    private struct State {
        var messages: [[UInt8]] = []
        var first = 0
        var waiter: CheckedContinuation<[UInt8]?, Never>?
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    func push(_ message: [UInt8]) {
        let waiter = state.withLock { state -> CheckedContinuation<[UInt8]?, Never>? in
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
        waiter?.resume(returning: message)
    }

    /// The next message; nil when the task was cancelled.
    func next() async -> [UInt8]? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { wait($0) }
        } onCancel: {
            let waiter = state.withLock { state in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume(returning: nil)
        }
    }

    /// Answers at once when there is a message or the task is cancelled; otherwise `push` or the cancellation will.
    private func wait(_ continuation: CheckedContinuation<[UInt8]?, Never>) {
        let ready = state.withLock { state -> (isReady: Bool, message: [UInt8]?) in
            if Task.isCancelled { return (true, nil) }
            if state.first < state.messages.count {
                state.first += 1
                return (true, state.messages[state.first - 1])
            }
            state.messages.removeAll(keepingCapacity: true)
            state.first = 0
            state.waiter = continuation
            return (false, nil)
        }
        if ready.isReady { continuation.resume(returning: ready.message) }
    }
}
