import CLinux
import Glibc
import Synchronization

/// Commands on their way from tasks to an endpoint's thread. Writing an eventfd wakes the thread.
final class LoopMailbox: Sendable {
    private struct State {
        var commands: [LoopCommand] = []
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

    func post(_ command: LoopCommand) {
        let wakes: Bool? = state.withLock { state in
            guard !state.isClosed else { return nil }
            state.commands.append(command)
            return state.commands.count == 1
        }
        switch wakes {
        case nil: command.refuse(.endpointClosed)
        case true?: wake()
        case false?: break
        }
    }

    /// Takes all waiting commands.
    func drain() -> [LoopCommand] {
        var count: UInt64 = 0
        _ = Glibc.read(wakeDescriptor, &count, 8)
        return state.withLock { state in
            let commands = state.commands
            state.commands.removeAll(keepingCapacity: true)
            return commands
        }
    }

    /// Refuses what is waiting and everything that comes.
    func shut() {
        let left = state.withLock { state in
            state.isClosed = true
            defer { state.commands.removeAll() }
            return state.commands
        }
        for command in left { command.refuse(.endpointClosed) }
    }

    private func wake() {
        var one: UInt64 = 1
        // The counter cannot be full: it is read before it is written again.
        _ = Glibc.write(wakeDescriptor, &one, 8)
    }
}
