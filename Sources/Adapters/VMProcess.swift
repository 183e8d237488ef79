import Canonical
import Glibc

/// Runs the Julia VM in a process of its own: nothing in it is trusted beyond the bytes that it answers, and the host
/// holds it to its limits.
package struct VMProcess: Sendable {
    /// What holds a job's process to its limits on this host.
    package struct Enforcement: Sendable, Hashable, CustomStringConvertible {
        /// `cgroup v1`, `cgroup v2`; nil where no control group can be made.
        package var controlGroup: String?
        /// Whether bubblewrap keeps the process from files, network and other processes.
        package var isSandboxed: Bool

        package var description: String {
            let limits = controlGroup ?? "no control group"
            return "\(limits), rlimits, \(isSandboxed ? "bubblewrap sandbox" : "no sandbox (bubblewrap not usable)")"
        }
    }

    /// Bytes that the VM needs beside a job's heap: code, prelude, stacks.
    private static let overheadBytes: UInt64 = 256 << 20
    private static let answerBytesMax = 4 << 20
    private static let sandbox = "/usr/bin/bwrap"

    /// Path of the `hypermesh` program.
    private let program: String
    package let enforcement: Enforcement

    /// Finds out what the host lets us enforce.
    package init(program: String) {
        self.program = program
        let probe = ControlGroup(name: "probe-\(getpid())", millicores: 100, memoryBytes: 64 << 20)
        probe?.remove()
        enforcement = Enforcement(
            controlGroup: probe.map { "cgroup \($0.version.rawValue)" },
            isSandboxed: VMProcess.canSandbox(program))
    }

    /// Runs a request and waits for its answer. Blocks the calling thread; call it where that is allowed.
    package func run(
        _ request: VMRequest,
        name: String,
        millicores: UInt64
    ) -> Result<VMAnswer, VMError> {
        let memory = request.heapBytes + VMProcess.overheadBytes
        let group = ControlGroup(name: name, millicores: millicores, memoryBytes: memory)
        defer { group?.remove() }
        do throws(VMError) {
            let child = try ChildProcess(command(memoryBytes: memory))
            do throws(VMError) {
                try group?.add(process: child.processID)
            } catch {
                child.kill()
                close(child.input)
                close(child.output)
                _ = child.wait()
                throw error
            }
            child.send(request.canonicalBytes)
            let bytes = child.receive(limit: VMProcess.answerBytesMax)
            return .success(try VMProcess.answer(bytes, status: child.wait()))
        } catch {
            return .failure(error)
        }
    }

    private func command(memoryBytes: UInt64) -> [String] {
        let vm = [program, "vm", "--memory", "\(memoryBytes)"]
        return enforcement.isSandboxed ? VMProcess.sandboxed(vm, program: program) : vm
    }

    private static func answer(_ bytes: [UInt8], status: Int32) throws(VMError) -> VMAnswer {
        let signal = status & 0x7f
        guard signal == 0 else { throw .processFailed("ended by signal \(signal)") }
        let code = status >> 8 & 0xff
        guard code == 0 else { throw .processFailed("exit code \(code)") }
        do throws(BCSError) {
            return try VMAnswer(canonicalBytes: bytes)
        } catch {
            throw .malformedAnswer(error)
        }
    }

    /// No network, no other processes, nothing writable; only what a dynamically linked program needs to start.
    private static func sandboxed(_ command: [String], program: String) -> [String] {
        var arguments = [
            sandbox, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv",
        ]
        for path in ["/lib64"] + LoadedLibraries.directories() { arguments += ["--ro-bind-try", path, path] }
        arguments += ["--proc", "/proc", "--dev", "/dev", "--ro-bind", program, program]
        return arguments + command
    }

    private static func canSandbox(_ program: String) -> Bool {
        guard access(sandbox, X_OK) == 0 else { return false }
        guard let child = try? ChildProcess(sandboxed([program, "version"], program: program)) else { return false }
        close(child.input)
        _ = child.receive(limit: 1 << 16)
        return child.wait() == 0
    }
}
