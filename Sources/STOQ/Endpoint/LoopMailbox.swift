import CLinux
import Glibc
import Synchronization

/// Commands on their way from tasks to an endpoint's thread. Writing an eventfd wakes the thread.
final class LoopMailbox: Sendable {
    private struct State {
        var commands: [LoopCommand] = []
        /// Batches of datagrams among them.
        var batches = 0
        /// The thread has been woken for what waits.
        var isAwake = false
        var isClosed = false
    }

    let wakeDescriptor: Int32
    private let state = Mutex(State())

    init() throws(STOQError) {
        wakeDescriptor = hm_event_descriptor()
        guard wakeDescriptor >= 0 else { throw .system(operation: "make an event descriptor", errno: -wakeDescriptor) }
    }

    deinit {
        close(wakeDescriptor)
    }

    /// - Parameter quietly: leaves the command until the thread wakes for something else, or many such have gathered.
    func post(_ command: LoopCommand, quietly: Bool = false) {
        let wakes: Bool? = state.withLock { state in
            guard !state.isClosed else { return nil }
            state.commands.append(command)
            guard !state.isAwake, !quietly || state.commands.count >= STOQLimits.quietCommandsMax else { return false }
            state.isAwake = true
            return true
        }
        switch wakes {
        case nil: command.refuse(.endpointClosed)
        case true?: wake()
        case false?: break
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

    /// Takes all waiting commands.
    /// - Parameter isSignalled: whether the event descriptor was seen readable.
    func drain(isSignalled: Bool) -> [LoopCommand] {
        if isSignalled {
            var count: UInt64 = 0
            _ = Glibc.read(wakeDescriptor, &count, 8)
        }
        return state.withLock { state in
            let commands = state.commands
            state.commands = []
            state.batches = 0
            // Without the signal read, it is still up and ends the next sleep at once; that turn takes it down.
            if isSignalled { state.isAwake = false }
            return commands
        }
    }

    /// Refuses what is waiting and everything that comes.
    func shut() {
        let left = state.withLock { state in
            state.isClosed = true
            let commands = state.commands
            state.commands = []
            return commands
        }
        for command in left { command.refuse(.endpointClosed) }
    }

    private func wake() {
        var one: UInt64 = 1
        // The counter cannot be full: it is read before it is written again.
        _ = Glibc.write(wakeDescriptor, &one, 8)
    }
}
