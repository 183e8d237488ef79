import Canonical
import Synchronization

/// Calls actions when their time has come, a little late. One sleeping task serves all of them: a timer for each request
/// would cost more than the request.
final class DeadlineClock: Sendable {
    static let shared = DeadlineClock()

    /// An action that waits.
    struct Entry {
        fileprivate let tick: UInt64
        fileprivate let number: UInt64
    }

    private struct State {
        /// Actions by the tick in which they are due.
        var waiting: [UInt64: [UInt64: @Sendable () -> Void]] = [:]
        var nextNumber: UInt64 = 0
        /// The tick for which a task sleeps, and which of the tasks it is: the others have been overtaken.
        var armed: UInt64?
        var generation: UInt64 = 0
    }

    private static let tickNanoseconds: UInt64 = 5_000_000
    private static let sleepNanosecondsMax: UInt64 = 3_600_000_000_000
    private let state = Mutex(State())

    /// Calls `action` once, not before `nanoseconds` from now, unless it is removed first.
    func add(afterNanoseconds nanoseconds: UInt64, _ action: @escaping @Sendable () -> Void) -> Entry {
        let due = MonotonicClock.now.advanced(byNanoseconds: nanoseconds).nanoseconds
        let tick = due / Self.tickNanoseconds + 1
        let (entry, generation) = state.withLock { state -> (Entry, UInt64?) in
            state.nextNumber += 1
            state.waiting[tick, default: [:]][state.nextNumber] = action
            let entry = Entry(tick: tick, number: state.nextNumber)
            guard tick < state.armed ?? .max else { return (entry, nil) }
            state.armed = tick
            state.generation += 1
            return (entry, state.generation)
        }
        if let generation { Task.detached { await self.run(generation, from: tick) } }
        return entry
    }

    /// Takes an action back; nothing happens when it was called already.
    func remove(_ entry: Entry) {
        state.withLock { state in
            state.waiting[entry.tick]?[entry.number] = nil
            if state.waiting[entry.tick]?.isEmpty == true { state.waiting[entry.tick] = nil }
        }
    }

    private func run(_ generation: UInt64, from tick: UInt64) async {
        var next: UInt64? = tick
        while let tick = next {
            let (time, overflow) = tick.multipliedReportingOverflow(by: Self.tickNanoseconds)
            let wait = Timestamp(nanoseconds: overflow ? .max : time).nanoseconds(since: MonotonicClock.now)
            // Nobody cancels this task.
            try? await Task.sleep(nanoseconds: min(wait, Self.sleepNanosecondsMax))
            next = fire(generation)
        }
    }

    /// Calls what is due.
    /// - Returns: the next tick to sleep for; nil when there is none, or another task sleeps for it.
    private func fire(_ generation: UInt64) -> UInt64? {
        let current = MonotonicClock.now.nanoseconds / Self.tickNanoseconds
        let (due, next) = state.withLock { state -> ([@Sendable () -> Void], UInt64?) in
            guard state.generation == generation else { return ([], nil) }
            var due: [@Sendable () -> Void] = []
            for tick in state.waiting.keys.filter({ $0 <= current }).sorted() {
                due += state.waiting.removeValue(forKey: tick)?.values.map { $0 } ?? []
            }
            state.armed = state.waiting.keys.min()
            return (due, state.armed)
        }
        for action in due { action() }
        return next
    }
}
