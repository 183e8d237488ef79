import Foundation
import Testing

@testable import Adapters

/// The built `hypermesh`, which these tests run as the VM.
private let program: String? = {
    let named = ProcessInfo.processInfo.environment["HYPERMESH_PROGRAM"]
    if named == nil { print("skipped: HYPERMESH_PROGRAM names no hypermesh program") }
    return named
}()

@Suite(.serialized, .enabled(if: program != nil, "HYPERMESH_PROGRAM names no hypermesh program"))
struct JuliaProcessTests {
    private func run(_ source: String, fuel: UInt64 = 100_000_000, heapBytes: UInt64 = 64 << 20) throws
        -> Result<VMAnswer, VMError>
    {
        let process = VMProcess(program: try #require(program))
        print("held by \(process.enforcement)")
        let request = VMRequest(
            files: [.init(name: "main.jl", text: Array(source.utf8))], entry: "main", arguments: [], fuel: fuel,
            heapBytes: heapBytes, outputBytes: 4096)
        return process.run(request, name: "test-\(getpid())-julia", millicores: 1000)
    }

    @Test(.enabled(if: access("/usr/bin/bwrap", X_OK) == 0 && Self.host(), "bubblewrap does not work here"))
    func `where bubblewrap works, the VM runs in it`() throws {
        #expect(VMProcess(program: try #require(program)).enforcement.isSandboxed)
    }

    /// Whether bubblewrap can make its namespaces on this host, for a program that needs no files but the host's own.
    private static func host() -> Bool {
        let child = try? ChildProcess(["/usr/bin/bwrap", "--unshare-all", "--ro-bind", "/", "/", "/bin/true"])
        return (try? child?.finish(sending: [], outputLimit: 100, milliseconds: 10_000))?.status == 0
    }

    @Test func `a job's value and output come back through the sandbox`() throws {
        let answer = try run("function main()\n    println(\"hello\")\n    6 * 7\nend").get()
        #expect(answer.outcome == .value(Array("42".utf8)))
        #expect(answer.output == Array("hello\n".utf8))
        #expect(answer.fuel > 0)
    }

    @Test func `an endless job ends when its fuel does`() throws {
        let answer = try run("function main()\n    while true\n    end\nend", fuel: 1_000_000).get()
        guard case .trap = answer.outcome else { Issue.record("\(answer.outcome)"); return }
    }

    @Test func `what is no Julia is an answer, not an error of the node`() throws {
        let answer = try run("function main(").get()
        guard case .trap(let kind, _) = answer.outcome else { Issue.record("\(answer.outcome)"); return }
        #expect(kind == "rejected")
    }

    @Test func `no group is left behind`() throws {
        _ = try run("main() = 1").get()
        guard let host = ControlGroupHost() else { return }
        for controller in ControlGroupHost.Controller.allCases {
            let left = try FileManager.default.contentsOfDirectory(atPath: host.parent(of: controller))
            #expect(!left.contains("hypermesh-test-\(getpid())-julia"))
        }
    }
}
