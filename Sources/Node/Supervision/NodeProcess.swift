import Adapters
import Glibc

/// A node's process on this machine, known by its number and start time, so that another process that got the
/// number later is never taken for it.
package struct NodeProcess: Sendable, Hashable {
    package let processID: Int32
    /// Clock ticks after the machine's start, field 22 of `/proc/<pid>/stat`.
    private let startTicks: UInt64

    /// The process that the directory's record names, when it still runs.
    package init?(running directory: NodeDirectory) {
        guard PrivateFile.exists(directory.process), let text = try? PrivateFile.readText(directory.process) else {
            return nil
        }
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 2, let id = Int32(words[0]), let ticks = UInt64(words[1]),
            NodeProcess.startTicks(of: id) == ticks
        else { return nil }
        processID = id
        startTicks = ticks
    }

    private init(processID: Int32, startTicks: UInt64) {
        self.processID = processID
        self.startTicks = startTicks
    }

    /// Starts `program node run` for a directory, apart from this terminal, with its output in the directory's log.
    package static func start(_ directory: NodeDirectory, program: String) throws(NodeError) -> NodeProcess {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, directory.log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A session of its own: signals to the terminal do not reach it. No signal stays blocked because whoever
        // started this program blocks it: a node must hear SIGTERM.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, setSessionFlag | Int16(POSIX_SPAWN_SETSIGMASK))
        var id: pid_t = 0
        let arguments = [program, "node", "run", "--directory", directory.path]
        let refusal = CStrings.with(arguments) { argv in
            CStrings.with(inheritedEnvironment) { envp in
                posix_spawn(&id, program, &actions, &attributes, argv, envp)
            }
        }
        guard refusal == 0 else { throw .system(operation: "start \(program)", errno: refusal) }
        guard let ticks = startTicks(of: id) else { throw .system(operation: "watch process \(id)", errno: ESRCH) }
        try PrivateFile.write("\(id) \(ticks)\n", to: directory.process, isSecret: false)
        return NodeProcess(processID: id, startTicks: ticks)
    }

    /// POSIX_SPAWN_SETSID of `spawn.h`, which Glibc hides behind _GNU_SOURCE.
    private static let setSessionFlag: Int16 = 0x80

    /// What a node process inherits: where to find programs and its home.
    private static var inheritedEnvironment: [String] {
        let names: [String] = ["PATH", "HOME", "LANG"]
        return names.compactMap { (name: String) -> String? in
            getenv(name).map { "\(name)=\(String(cString: $0))" }
        }
    }

    /// Whether the process still runs.
    package var isRunning: Bool { NodeProcess.startTicks(of: processID) == startTicks }

    /// Asks the process to end.
    package func terminate() {
        if isRunning { kill(processID, SIGTERM) }
    }

    /// Ends the process at once.
    package func killNow() {
        if isRunning { kill(processID, SIGKILL) }
    }

    /// Nil when there is no such process, or when it has ended and only waits to be noticed.
    private static func startTicks(of id: Int32) -> UInt64? {
        guard let text = try? PrivateFile.readProcess("/proc/\(id)/stat"), let end = text.lastIndex(of: ")") else {
            return nil
        }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
        return UInt64(fields[19])
    }
}
