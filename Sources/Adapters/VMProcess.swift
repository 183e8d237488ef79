import Canonical
import Glibc
import Satchel

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

    private let groups: ControlGroupHost?

    /// Finds out what the host lets us enforce.
    package init(program: String) {
        self.init(program: program, groups: ControlGroupHost())
    }

    init(program: String, groups: ControlGroupHost?) {
        self.program = program
        self.groups = groups.flatMap { VMProcess.canLimit($0) ? $0 : nil }
        enforcement = Enforcement(
            controlGroup: self.groups.map { "cgroup \($0.version.rawValue)" },
            isSandboxed: VMProcess.canSandbox(program))
    }

    /// Runs a request and waits for its answer. Blocks the calling thread; call it where that is allowed.
    package func run(
        _ request: VMRequest,
        name: String,
        millicores: UInt64
    ) -> Result<VMAnswer, VMError> {
        let (sum, overflow) = request.heapBytes.addingReportingOverflow(VMProcess.overheadBytes)
        let memory = overflow ? UInt64.max >> 1 : sum
        do throws(VMError) {
            let group = try limitedGroup(name, millicores: millicores, memoryBytes: memory)
            defer { group?.clear() }
            let command = command(memoryBytes: memory)
            let child = try ChildProcess(group?.entering(command) ?? command)
            let ending = try child.finish(
                sending: request.canonicalBytes, outputLimit: VMProcess.answerBytesMax,
                milliseconds: VMProcess.patience(fuel: request.fuel, millicores: millicores))
            return .success(try VMProcess.answer(ending, memoryKills: group?.memoryKills ?? 0))
        } catch {
            return .failure(error)
        }
    }

    /// Time after which a child counts as stuck, in milliseconds: what starting takes, and what the fuel takes at a
    /// million units a millisecond would take on the granted part of a core, each generously.
    static func patience(fuel: UInt64, millicores: UInt64) -> UInt64 {
        let base = 10_000 + min(fuel / 1_000_000, 86_400_000)
        return base * 1000 / min(max(millicores, 1), 1000)
    }

    private func limitedGroup(
        _ name: String, millicores: UInt64, memoryBytes: UInt64
    ) throws(VMError) -> ControlGroup? {
        guard let groups else { return nil }
        do throws(AdapterError) {
            let group = try ControlGroup(groups, name: name)
            do throws(AdapterError) {
                _ = try group.limit(millicores: millicores)
                _ = try group.limit(memoryBytes: memoryBytes)
            } catch {
                group.remove()
                throw error
            }
            return group
        } catch {
            throw .limitsRefused(error)
        }
    }

    /// Whether groups can be made and limited, found out by doing it.
    private static func canLimit(_ host: ControlGroupHost) -> Bool {
        guard let group = try? ControlGroup(host, name: "probe-\(getpid())") else { return false }
        defer { group.remove() }
        return (try? group.limit(millicores: 100)) != nil && (try? group.limit(memoryBytes: 64 << 20)) != nil
    }

    private func command(memoryBytes: UInt64) -> [String] {
        let vm = [program, "vm", "--memory", "\(memoryBytes)"]
        return enforcement.isSandboxed ? VMProcess.sandboxed(vm, program: program) : vm
    }

    private static func answer(_ ending: ChildProcess.Ending, memoryKills: UInt64) throws(VMError) -> VMAnswer {
        let code = ending.status >> 8 & 0xff
        // A sandbox or shell tells of a signal to its child by a code above 128.
        let signal = ending.status & 0x7f != 0 ? ending.status & 0x7f : max(code - 128, 0)
        guard memoryKills == 0 else { throw .processFailed("ended because its memory limit was reached") }
        guard signal == 0 else { throw .processFailed("ended by signal \(signal)") }
        guard code != ControlGroup.refusedEntry else { throw .processFailed("could not enter its control group") }
        guard code == 0 else { throw .processFailed("exit code \(code)") }
        do throws(BCSError) {
            return try VMAnswer(canonicalBytes: ending.output)
        } catch {
            throw .malformedAnswer(error)
        }
    }

    /// No network, no other processes, nothing writable; only what a dynamically linked program needs to start.
    private static func sandboxed(_ command: [String], program: String) -> [String] {
        var arguments = [
            sandbox, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv",
        ]
        for path in LoadedLibraries.loaders + LoadedLibraries.directories() {
            arguments += ["--ro-bind-try", path, path]
        }
        arguments += ["--proc", "/proc", "--dev", "/dev", "--ro-bind", program, program]
        return arguments + command
    }

    private static func canSandbox(_ program: String) -> Bool {
        guard access(sandbox, X_OK) == 0 else { return false }
        let child = try? ChildProcess(sandboxed([program, "version"], program: program))
        let ending = try? child?.finish(sending: [], outputLimit: 1 << 16, milliseconds: 10_000)
        return ending?.status == 0
    }
}
