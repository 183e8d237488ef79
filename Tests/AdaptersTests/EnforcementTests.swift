import Canonical
import Foundation
import Satchel
import Testing

@testable import Adapters

/// Only root may make control groups, and not on every host.
private let host: ControlGroupHost? = {
    let host = getuid() == 0 ? ControlGroupHost() : nil
    if host == nil { print("skipped: no control groups can be made here") }
    return host
}()

@Suite(.serialized, .enabled(if: host != nil, "no control groups can be made here"))
struct EnforcementTests {
    private let holder = NodeID(Digest(.node, [1]))

    private func grant(_ name: String) -> Digest { Digest(.node, Array("\(name)-\(getpid())".utf8)) }

    @Test func `a process that takes more memory than granted is ended by the kernel`() throws {
        let adapter = try MemoryAdapter(shareBasisPoints: 10_000, groups: GrantGroups())
        let grant = grant("memory")
        let allocation = try adapter.allocate(AllocationRequest(id: grant, holder: holder, amount: 32 << 20))
        defer { try? adapter.release(grant) }
        #expect(allocation.limits.allSatisfy { $0.isEnforced && $0.value == 32 << 20 })
        let script = "x=0123456789abcdef; while [ ${#x} -lt 268435456 ]; do x=$x$x; done; echo survived"
        let ending = try run(script, in: allocation)
        #expect(ending.output == [])
        #expect(ending.status != 0)
        let usage = try adapter.usage(grant)
        #expect(try #require(usage.memoryBytesMax) <= 32 << 20)
        #expect(try #require(usage.memoryBytesMax) > 8 << 20)
    }

    @Test func `a process gets no more processor time than granted`() throws {
        let adapter = try ProcessorAdapter(shareBasisPoints: 10_000, groups: GrantGroups())
        let grant = grant("processor")
        let allocation = try adapter.allocate(AllocationRequest(id: grant, holder: holder, amount: 200))
        defer { try? adapter.release(grant) }
        let start = ContinuousClock.now
        _ = try run("i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done", in: allocation)
        let elapsed = ContinuousClock.now - start
        let used = try #require(try adapter.usage(grant).processorNanoseconds)
        let granted = Double(elapsed / .nanoseconds(1)) * 0.2
        #expect(used > 1_000_000)
        // One period's quota may be spent before the first halt.
        #expect(Double(used) <= granted * 1.25 + 40_000_000)
    }

    @Test func `a new size takes effect, and release removes the group`() throws {
        let groups = GrantGroups()
        let processor = try ProcessorAdapter(shareBasisPoints: 10_000, groups: groups)
        let memory = try MemoryAdapter(shareBasisPoints: 10_000, groups: groups)
        let grant = grant("resize")
        let first = try processor.allocate(AllocationRequest(id: grant, holder: holder, amount: 100))
        let second = try memory.allocate(AllocationRequest(id: grant, holder: holder, amount: 16 << 20))
        let handles = first.handles + second.handles
        #expect(handles.allSatisfy { FileManager.default.fileExists(atPath: $0) })
        for amount in [64 << 20, 8 << 20] as [UInt64] {
            #expect(try memory.resize(grant, to: amount).limits.first?.value == amount)
            #expect(try memory.limits(grant).first?.value == amount)
        }
        #expect(try processor.resize(grant, to: 5).limits.first?.value == 5000)
        try processor.release(grant)
        #expect(second.handles.allSatisfy { FileManager.default.fileExists(atPath: $0) })
        try memory.release(grant)
        #expect(handles.allSatisfy { !FileManager.default.fileExists(atPath: $0) })
    }

    private func run(_ script: String, in allocation: Allocation) throws -> ChildProcess.Ending {
        let procs = allocation.handles.map { "echo $$ > \($0)/cgroup.procs" }.joined(separator: "; ")
        let child = try ChildProcess(["/bin/sh", "-c", "\(procs); \(script)"])
        return try child.finish(sending: [], outputLimit: 4096, milliseconds: 60_000)
    }
}

@Suite struct ChildProcessTests {
    @Test func `large input and large output do not wait for each other`() throws {
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let ending = try ChildProcess(["/bin/cat"]).finish(sending: bytes, outputLimit: 4 << 20, milliseconds: 60_000)
        #expect(ending.output == bytes)
        #expect(ending.status == 0)
    }

    @Test func `a child that reads nothing ends without a signal to us`() throws {
        let bytes = [UInt8](repeating: 1, count: 3_000_000)
        let ending = try ChildProcess(["/bin/sh", "-c", "exec <&-; echo done"])
            .finish(sending: bytes, outputLimit: 4096, milliseconds: 60_000)
        #expect(ending.output == Array("done\n".utf8))
    }

    @Test func `a stuck child is killed with its own children`() throws {
        #expect(throws: VMError.timedOut(milliseconds: 200)) {
            try ChildProcess(["/bin/sh", "-c", "sleep 600 & wait"])
                .finish(sending: [], outputLimit: 10, milliseconds: 200)
        }
    }

    @Test func `a child that writes too much is killed`() throws {
        #expect(throws: VMError.processFailed("it wrote more than 100 bytes")) {
            try ChildProcess(["/bin/sh", "-c", "while :; do echo more; done"])
                .finish(sending: [], outputLimit: 100, milliseconds: 60_000)
        }
    }

    @Test func `a program that is not there is refused`() {
        #expect(throws: VMError.self) { try ChildProcess(["/nonexistent/program"]) }
    }
}

@Suite struct VMProcessTests {
    private let request = VMRequest(
        files: [], entry: "main", arguments: [], fuel: 1, heapBytes: 1 << 20, outputBytes: 100)

    /// A program that answers without reading; it stands for the VM.
    private func program(_ script: String) throws -> (folder: FakeGroups, path: String) {
        let folder = try FakeGroups(membership: "")
        folder.write("program", "#!/bin/sh\n\(script)\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder.root)/program")
        return (folder, "\(folder.root)/program")
    }

    @Test func `how a process ended is told apart from an answer`() throws {
        let (folder, path) = try program("[ \"$1\" = version ] && exit 1; cat > /dev/null; exit 3")
        let result = VMProcess(program: path).run(request, name: "test-\(getpid())-exit", millicores: 1000)
        #expect(result == .failure(.processFailed("exit code 3")))
        withExtendedLifetime(folder) {}
    }

    @Test func `an answer that is none is refused`() throws {
        let (folder, path) = try program("[ \"$1\" = version ] && exit 1; cat > /dev/null; echo hello")
        let result = VMProcess(program: path).run(request, name: "test-\(getpid())-odd", millicores: 1000)
        guard case .failure(.malformedAnswer) = result else { Issue.record("\(result)"); return }
        withExtendedLifetime(folder) {}
    }

    @Test func `a request for more memory than there can be does not trap`() throws {
        let (folder, path) = try program("exit 3")
        var request = request
        request.heapBytes = .max
        let process = VMProcess(program: path, groups: nil)
        #expect(process.run(request, name: "test", millicores: 0) == .failure(.processFailed("exit code 3")))
        #expect(process.enforcement.controlGroup == nil)
        #expect(process.enforcement.description.contains("no control group"))
        withExtendedLifetime(folder) {}
    }

    @Test func `patience grows with fuel and shrinks with processors, within bounds`() {
        #expect(VMProcess.patience(fuel: 0, millicores: 1000) == 10_000)
        #expect(VMProcess.patience(fuel: 5_000_000_000, millicores: 500) == 30_000)
        #expect(VMProcess.patience(fuel: .max, millicores: 0) == 86_410_000_000)
    }

    @Test func `a request keeps its encoding`() throws {
        let full = VMRequest(
            files: [.init(name: "a.jl", text: [1, 2])], entry: "main", arguments: ["1"], fuel: 7, heapBytes: 8,
            outputBytes: 9)
        #expect(try VMRequest(canonicalBytes: full.canonicalBytes) == full)
        for outcome in [VMAnswer.Outcome.value([1]), .trap(kind: "fuel", text: "line 3")] {
            let answer = VMAnswer(outcome: outcome, fuel: 3, output: [4])
            #expect(try VMAnswer(canonicalBytes: answer.canonicalBytes) == answer)
        }
    }
}
