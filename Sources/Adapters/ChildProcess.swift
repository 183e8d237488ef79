import CLinux
import Glibc

/// A child process in a process group of its own, with a socket at its standard input, a pipe at its standard output
/// and nothing at its standard error.
struct ChildProcess {
    /// What came of a child.
    struct Ending {
        /// As `waitpid` gives it.
        var status: Int32
        var output: [UInt8]
    }

    private let processID: pid_t
    private let input: Int32
    private let output: Int32

    /// Starts `arguments[0]` with an empty environment but for `environment`.
    init(_ arguments: [String], environment: [String] = []) throws(VMError) {
        var inputPair: [Int32] = [-1, -1]
        var outputPipe: [Int32] = [-1, -1]
        // A socket, because writing to one whose reader has gone can be kept from raising SIGPIPE.
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &inputPair) == 0 else {
            throw .system(operation: "make a socket pair", errno: errno)
        }
        let refusal = -hm_pipe(&outputPipe)
        guard refusal == 0 else {
            for descriptor in inputPair { close(descriptor) }
            throw .system(operation: "make a pipe", errno: refusal)
        }
        let started = ChildProcess.spawn(arguments, environment, input: inputPair[0], output: outputPipe[1])
        close(inputPair[0])
        close(outputPipe[1])
        switch started {
        case .success(let id): processID = id
        case .failure(let refusal):
            close(inputPair[1])
            close(outputPipe[0])
            throw .system(operation: "start \(arguments.first ?? "")", errno: refusal.errno)
        }
        input = inputPair[1]
        output = outputPipe[0]
    }

    private struct SpawnRefusal: Error {
        let errno: Int32
    }

    private static func spawn(
        _ arguments: [String], _ environment: [String], input: Int32, output: Int32
    ) -> Result<pid_t, SpawnRefusal> {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Signals that this process blocks must not stay blocked in the child.
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
        var id: pid_t = 0
        let refusal = CStrings.with(arguments) { argv in
            CStrings.with(environment) { envp in
                posix_spawn(&id, arguments.first ?? "", &actions, &attributes, argv, envp)
            }
        }
        return refusal == 0 ? .success(id) : .failure(SpawnRefusal(errno: refusal))
    }

    /// Sends `bytes` and then the end of input, reads the output meanwhile, and waits for the end of the child. A child
    /// that takes longer or writes more than it may is killed with all of its process group.
    consuming func finish(
        sending bytes: [UInt8], outputLimit: Int, milliseconds: UInt64
    ) throws(VMError) -> Ending {
        let result = exchange(bytes, outputLimit: outputLimit, deadline: ChildProcess.now &+ milliseconds)
        close(input)
        close(output)
        // What the child left behind goes as well. Until it is waited for, its number cannot become another's.
        if case .failure = result { kill(-processID, SIGKILL) }
        var status: Int32 = 0
        while waitpid(processID, &status, 0) < 0, errno == EINTR {}
        switch result {
        case .success(let output): return Ending(status: status, output: output)
        case .failure(.timedOut): throw .timedOut(milliseconds: milliseconds)
        case .failure(let error): throw error
        }
    }

    /// Writing and reading take turns as the child is ready, so that neither side waits for the other for ever.
    private func exchange(_ bytes: [UInt8], outputLimit: Int, deadline: UInt64) -> Result<[UInt8], VMError> {
        var sent = 0
        var isSending = true
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let now = ChildProcess.now
            guard now < deadline else { return .failure(.timedOut(milliseconds: 0)) }
            var ends = [
                pollfd(fd: output, events: Int16(POLLIN), revents: 0),
                pollfd(fd: isSending ? input : -1, events: Int16(POLLOUT), revents: 0),
            ]
            let ready = poll(&ends, nfds_t(ends.count), Int32(clamping: deadline - now))
            if ready < 0, errno != EINTR { return .failure(.system(operation: "poll", errno: errno)) }
            guard ready > 0 else { continue }
            if ends[1].revents != 0 { isSending = send(bytes, &sent) }
            guard ends[0].revents != 0 else { continue }
            let got = read(output, &buffer, buffer.count)
            if got < 0, errno != EINTR { return .failure(.system(operation: "read", errno: errno)) }
            if got == 0 { return .success(received) }
            received.append(contentsOf: buffer.prefix(max(got, 0)))
            if received.count > outputLimit {
                return .failure(.processFailed("it wrote more than \(outputLimit) bytes"))
            }
        }
    }

    /// Sends some more. Returns false when there is nothing more to send, or nobody to send it to.
    private func send(_ bytes: [UInt8], _ sent: inout Int) -> Bool {
        let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
        let put = bytes.withUnsafeBytes { raw in
            Glibc.send(input, raw.baseAddress.map { $0 + sent }, bytes.count - sent, flags)
        }
        if put < 0 { return errno == EAGAIN || errno == EINTR }
        sent += put
        guard sent == bytes.count else { return true }
        shutdown(input, Int32(SHUT_WR))
        return false
    }

    /// Milliseconds of the monotonic clock.
    private static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) &* 1000 &+ UInt64(time.tv_nsec) / 1_000_000
    }
}
