import Canonical
import Foundation
import Glibc
import Ledger
import Testing

/// One mesh from its founding to its end; each test leaves four running nodes to the next.
@Suite(.serialized, .mesh, .enabled(if: HypermeshProgram.executable != nil))
struct MeshTests {
    let mesh: TestMesh

    init() throws {
        mesh = try #require(TestMesh.current)
    }

    // MARK: Whole

    @Test func `four nodes hold one state and accept one another's certificates`() async throws {
        let status = try await mesh.whole()
        #expect(status.agrees)
        #expect(status.nodes.count == 4)
        #expect(Set(status.nodes.map(\.stateRoot)).count == 1)
        #expect(status.nodes.allSatisfy { $0.isAnswering && $0.stateRoot != nil && $0.peers.count == 3 })
        let verified = try await mesh.run("cert", "verify")
        #expect(verified.output.split(separator: "\n").count == 5)
        #expect(verified.output.split(separator: "\n").allSatisfy { $0.contains(": valid (serial ") })
        try await mesh.run("doctor")
    }

    @Test func `a second up changes nothing`() async throws {
        let before = try await mesh.whole()
        let again = try await mesh.run("up")
        let after = try await mesh.whole()
        #expect(before.nodes.map(\.pid) == after.nodes.map(\.pid))
        #expect(before.nodes.map(\.id) == after.nodes.map(\.id))
        #expect(!again.complaint.contains("founding"))
        #expect(after.tip >= before.tip)
    }

    // MARK: Loss

    @Test func `with one node killed the others go on, and it catches up when it is back`() async throws {
        let before = try await mesh.whole()
        let victim = try #require(before.nodes[3].pid)
        kill(victim, SIGKILL)
        var heights: [UInt64] = []
        for _ in 0..<3 { heights.append(try await mesh.transfer("1", to: before.nodes[0]).height) }
        #expect(heights == heights.sorted() && Set(heights).count == 3)
        let without = try await mesh.status { !$0.nodes[3].isAnswering }
        #expect(without.nodes[3].pid == nil)
        #expect(without.nodes[3].problem?.contains("does not run") == true)
        #expect(without.agrees)
        try await mesh.run("doctor", exitCode: 1)

        try await mesh.run("node", "start", "4")
        let after = try await mesh.whole(above: heights[2])
        #expect(after.agrees)
        #expect(after.nodes[3].pid != victim)
        #expect(after.nodes[3].tipHeight ?? 0 >= heights[2])
    }

    @Test func `with two nodes killed nothing becomes final and status says why`() async throws {
        let before = try await mesh.whole()
        for node in before.nodes.suffix(2) { kill(try #require(node.pid), SIGKILL) }
        let stalled = try await mesh.status { $0.stall != nil }
        #expect(stalled.stall?.contains("only 2 of 4 validators are connected, 3 are needed") == true)
        let first = stalled.tip
        // A block that was under way may still become final; after that none does in several block times.
        try await Task.sleep(for: .seconds(3))
        #expect(try await mesh.status().tip == first)
        let doctor = try await mesh.run("doctor", exitCode: 1)
        #expect(doctor.output.contains("hypermesh up"))

        try await mesh.run("up")
        let after = try await mesh.whole(above: first)
        #expect(after.agrees && after.stall == nil)
        #expect(try await mesh.transfer("1", to: after.nodes[0]).height > first)
    }

    @Test func `what was acknowledged is there after all nodes were killed at once`() async throws {
        let before = try await mesh.whole()
        let sent = try await mesh.transfer("7.25", to: before.nodes[1])
        let pids = try before.nodes.map { try #require($0.pid) }
        for pid in pids { kill(pid, SIGKILL) }
        let down = try await mesh.run("wallet", "balance", exitCode: 3)
        #expect(down.complaint.contains("no node answered"))

        try await mesh.run("up")
        let after = try await mesh.whole(above: sent.height)
        #expect(after.agrees)
        let wallet = try await mesh.wallet()
        #expect(wallet["you"]?.description == sent.balance)
        #expect(try await mesh.transfer("1", to: after.nodes[0]).height > sent.height)
    }

    // MARK: Refusal

    @Test(arguments: CertificateForgery.allCases)
    func `a node with a certificate that the mesh does not accept is refused, and said to be`(
        forgery: CertificateForgery
    ) async throws {
        let before = try await mesh.whole()
        try await mesh.run("node", "stop", "4")
        let original = try forgery.apply(to: mesh.directory, node: 4)
        let logBefore = try mesh.log(1).utf8.count
        try await mesh.run("node", "start", "4")
        let alone = try await mesh.status(within: 20) { status in
            status.nodes.prefix(3).allSatisfy { $0.peers.count == 2 } && status.nodes[3].tipHeight == nil
        }
        #expect(alone.nodes.prefix(3).allSatisfy { !$0.peers.contains(before.nodes[3].id) })
        #expect(alone.nodes.prefix(3).allSatisfy { $0.isAnswering } && alone.stall == nil)
        let said = try await mesh.log(1, after: logBefore) {
            $0.contains("peer refused") && $0.contains(forgery.reason)
        }
        #expect(said.contains("peer refused") && said.contains(forgery.reason), "the log says: \(said.suffix(2000))")
        let doctor = try await mesh.run("doctor", exitCode: 1)
        #expect(doctor.output.contains("fault node-4: certificate: "), "\(doctor.output)")
        #expect(doctor.output.contains("refused a peer's certificate: "), "\(doctor.output)")
        #expect(doctor.output.contains(forgery.reason), "\(doctor.output)")

        try await mesh.run("node", "stop", "4")
        try forgery.undo(original, in: mesh.directory, node: 4)
        try await mesh.run("node", "start", "4")
        #expect(try await mesh.whole(above: before.tip).agrees)
    }

    // MARK: End

    @Test func `down ends the mesh's nodes and nothing else`() async throws {
        let before = try await mesh.whole()
        let bystander = try ChildProcess("/bin/sleep", ["600"])
        defer { bystander.end() }
        // A record whose number another process got since: its start time tells them apart.
        try await mesh.run("node", "stop", "4")
        try Data("\(bystander.processID) 1\n".utf8)
            .write(to: URL(fileURLWithPath: "\(mesh.directory)/node-4/process"))
        let down = try await mesh.run("down")
        #expect(down.output.contains("stopped node-1, node-2, node-3\n"))
        #expect(bystander.isRunning)
        // One that ended and that nobody has noticed yet has no command line any more.
        for pid in before.nodes.compactMap(\.pid) {
            let line = try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(pid)/cmdline"))
            #expect(line ?? Data() == Data())
        }
        #expect(try await mesh.run("down").output == "no node was running\n")
        #expect(try await mesh.run("status", exitCode: nil).output.contains("0 of 4 nodes answer"))
        try await mesh.run("up")
        #expect(try await mesh.whole(above: before.tip).agrees)
    }
}
