import CLinux
import Glibc
import Synchronization

/// Commands and jobs of tasks on their way to an endpoint's thread. A thread that sleeps is woken by an eventfd; one that is
/// awake looks for itself.
final class LoopMailbox: Sendable {
    /// What the thread takes at a time. Its arrays are used again and again.
    struct Work {
        var commands: [LoopCommand] = []
        var jobs: [UnownedJob] = []
        /// Arrays that readers need no more.
        var spares: [[UInt8]] = []

        var isEmpty: Bool { commands.isEmpty && jobs.isEmpty && spares.isEmpty }

        mutating func removeAll() {
            commands.removeAll(keepingCapacity: true)
            jobs.removeAll(keepingCapacity: true)
        }
    }

    /// How much what waits matters.
    private enum Urgency: Int, AtomicRepresentable {
        case none, quiet, urgent
    }

    private struct State {
        var work = Work()
        /// Batches of datagrams among the commands.
        var batches = 0
        /// The thread sleeps, or is about to, and nobody has woken it yet.
        var isAsleep = false
        var isClosed = false
    }

    private enum Outcome {
        case refused, left, wakes
    }

    let wakeDescriptor: Int32
    private let state = Mutex(State())
    /// Says without the lock what waits; it changes under the lock only.
    private let urgency = Atomic(Urgency.none)

    init() throws(STOQError) {
        wakeDescriptor = hm_event_descriptor()
        guard wakeDescriptor >= 0 else { throw .system(operation: "make an event descriptor", errno: -wakeDescriptor) }
    }

    deinit {
        close(wakeDescriptor)
    }

    // MARK: For tasks

    /// - Parameter quietly: leaves the command until the thread wakes for something else, or many such have gathered.
    func post(_ command: LoopCommand, quietly: Bool = false) {
        let outcome = state.withLock { state -> Outcome in
            guard !state.isClosed else { return .refused }
            state.work.commands.append(command)
            return note(&state, isQuiet: quietly && state.work.commands.count < STOQLimits.quietCommandsMax)
        }
        switch outcome {
        case .refused: command.refuse(.endpointClosed)
        case .wakes: wake()
        case .left: break
        }
    }

    /// Hands over a job of a task that runs on the endpoint's thread.
    /// - Returns: false when the thread is gone.
    func post(_ job: UnownedJob) -> Bool {
        let outcome = state.withLock { state -> Outcome in
            guard !state.isClosed else { return .refused }
            state.work.jobs.append(job)
            return note(&state, isQuiet: false)
        }
        if case .wakes = outcome { wake() }
        if case .refused = outcome { return false }
        return true
    }

    /// Hands back an array that the endpoint may fill again; it waits for other work.
    func giveBack(_ array: consuming [UInt8]) {
        state.withLock { [array] state in
            guard !state.isClosed, state.work.spares.count < STOQLimits.spareArraysMax else { return }
            state.work.spares.append(array)
            _ = note(&state, isQuiet: true)
        }
    }

    /// Hands datagrams over; when too many wait they are lost, as on a full link.
    func forward(_ batch: ForwardedBatch) {
        let fits = state.withLock { state in
            guard state.batches < STOQLimits.forwardedBatchesMax else { return false }
            state.batches += 1
            return true
        }
        if fits { post(.datagrams(batch)) }
    }

    private func note(_ state: inout State, isQuiet: Bool) -> Outcome {
        guard !isQuiet else {
            if urgency.load(ordering: .relaxed) == .none { urgency.store(.quiet, ordering: .releasing) }
            return .left
        }
        urgency.store(.urgent, ordering: .releasing)
        guard state.isAsleep else { return .left }
        state.isAsleep = false
        return .wakes
    }

    private func wake() {
        var one: UInt64 = 1
        // The counter cannot be full: it is read before it is written again.
        _ = Glibc.write(wakeDescriptor, &one, 8)
    }

    // MARK: For the thread

    /// Takes all that waits, and leaves empty arrays in its place.
    /// - Parameter work: empty; gets what waits.
    func take(into work: inout Work) {
        guard urgency.load(ordering: .acquiring) != .none else { return }
        state.withLock { state in
            swap(&state.work, &work)
            state.batches = 0
            urgency.store(.none, ordering: .releasing)
        }
    }

    /// Says that the thread is about to sleep.
    /// - Returns: false when it must not, since something waits.
    func prepareToSleep() -> Bool {
        state.withLock { state in
            guard urgency.load(ordering: .relaxed) != .urgent else { return false }
            state.isAsleep = true
            return true
        }
    }

    /// Says that the thread is awake.
    /// - Parameter isSignalled: whether the event descriptor was seen readable.
    func noteAwake(isSignalled: Bool) {
        state.withLock { $0.isAsleep = false }
        guard isSignalled else { return }
        var count: UInt64 = 0
        _ = Glibc.read(wakeDescriptor, &count, 8)
    }

    /// Refuses what is waiting and everything that comes.
    /// - Returns: the jobs that have to run elsewhere.
    func shut() -> [UnownedJob] {
        let left = state.withLock { state in
            state.isClosed = true
            defer { state.work = Work() }
            return state.work
        }
        for command in left.commands { command.refuse(.endpointClosed) }
        return left.jobs
    }
}
