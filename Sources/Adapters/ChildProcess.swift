import CLinux
import Glibc

/// A child process with pipes at its standard input and output.
struct ChildProcess {
    let processID: pid_t
    let input: Int32
    let output: Int32

    /// Starts `arguments[0]` with an empty environment but for `environment`.
    init(_ arguments: [String], environment: [String] = []) throws(VMError) {
        var inputPipe: [Int32] = [0, 0]
        var outputPipe: [Int32] = [0, 0]
        let refusedInput = -hm_pipe(&inputPipe)
        guard refusedInput == 0 else { throw .system(operation: "make a pipe", errno: refusedInput) }
        let refusedOutput = -hm_pipe(&outputPipe)
        guard refusedOutput == 0 else {
            for descriptor in inputPipe { close(descriptor) }
            throw .system(operation: "make a pipe", errno: refusedOutput)
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, inputPipe[0], STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, outputPipe[1], STDOUT_FILENO)
        var id: pid_t = 0
        let refusal = CStrings.with(arguments) { argv in
            CStrings.with(environment) { envp in posix_spawn(&id, arguments[0], &actions, nil, argv, envp) }
        }
        close(inputPipe[0])
        close(outputPipe[1])
        guard refusal == 0 else {
            close(inputPipe[1])
            close(outputPipe[0])
            throw .system(operation: "start \(arguments[0])", errno: refusal)
        }
        processID = id
        input = inputPipe[1]
        output = outputPipe[0]
    }

    /// Writes all of `bytes` and closes the child's input. The child may end before it has read everything.
    func send(_ bytes: [UInt8]) {
        var written = 0
        while written < bytes.count {
            let put = bytes.withUnsafeBytes { raw in
                raw.baseAddress.map { write(input, $0 + written, bytes.count - written) } ?? 0
            }
            guard put > 0 else { break }
            written += put
        }
        close(input)
    }

    /// Reads the child's output to its end, at most `limit` bytes.
    func receive(limit: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < limit {
            let got = read(output, &buffer, buffer.count)
            guard got > 0 else { break }
            bytes.append(contentsOf: buffer.prefix(got))
        }
        close(output)
        return bytes
    }

    /// Waits for the end of the child. Returns its status as `waitpid` gives it.
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(processID, &status, 0) < 0, errno == EINTR {}
        return status
    }

    func kill() {
        Glibc.kill(processID, SIGKILL)
    }
}
