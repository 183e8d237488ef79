import Foundation
import Glibc
import STOQKernel
import Testing

@Suite(.enabled(if: HypermeshProgram.executable != nil))
struct KernelCommandTests {
    private struct Status: Decodable {
        let isUsable: Bool
        let missing: [String]
    }

    private struct Counts: Decodable {
        struct Row: Decodable {
            struct Numbers: Decodable {
                let packets: UInt64
                let bytes: UInt64
            }

            let port: UInt16
            let direction: String
            let counts: Numbers
        }

        let ports: [Row]
    }

    @Test func `status says whether eBPF can be used and what is missing`() async throws {
        let run = try await HypermeshProgram.run(["stoq", "ebpf", "status", "--output", "json"])
        let status = try run.json(Status.self)
        #expect(run.exitCode == 0 && status.isUsable == status.missing.isEmpty)
        let text = try await HypermeshProgram.run(["stoq", "ebpf", "status"]).output
        for name in ["libbpf", "CAP_BPF", "CAP_NET_ADMIN", "cgroup2"] { #expect(text.contains(name)) }
    }

    @Test(.enabled(if: geteuid() == 0, "gives its rights up, so it must have them"))
    func `without rights status and attach name the capability that is missing`() async throws {
        let program = try #require(HypermeshProgram.executable)
        let folder = try ConformanceFolder()
        let output = try folder.file("stdout", "")
        let complaints = try folder.file("stderr", "")
        for command in ["status", "attach --port 9 --seconds 1"] {
            let child = try ChildProcess(
                "/usr/bin/setpriv",
                ["--bounding-set=-all", "--inh-caps=-all", program, "stoq", "ebpf"]
                    + command.split(separator: " ").map(String.init), output: output, errors: complaints)
            let code = await child.exitCode(within: .seconds(30))
            let said =
                try String(contentsOfFile: output, encoding: .utf8)
                + String(contentsOfFile: complaints, encoding: .utf8)
            #expect(code == (command == "status" ? 0 : 1), "\(said)")
            #expect(said.contains("missing") && said.contains("CAP_BPF"), "\(said)")
        }
    }

    @Test(.enabled(if: KernelSupport.probe().isUsable, "needs the rights and kernel parts of 'stoq ebpf status'"))
    func `attach counts what passes, and counters reads it from outside`() async throws {
        let descriptor = socket(AF_INET6, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(descriptor) }
        let port = try #require(bound(descriptor))
        let folder = try ConformanceFolder()
        let output = try folder.file("stdout", "")
        let complaints = try folder.file("stderr", "")
        let program = try #require(HypermeshProgram.executable)
        let attached = try ChildProcess(
            program, ["stoq", "ebpf", "attach", "--port", "\(port)", "--output", "json"], output: output,
            errors: complaints)
        // Once a first datagram is counted, a hundred more are.
        let deadline = ContinuousClock.now + .seconds(30)
        var count = try await countedFromOutside(port)
        while count == 0, ContinuousClock.now < deadline {
            try #require(send(to: port, from: descriptor))
            count = try await countedFromOutside(port)
        }
        for _ in 0..<100 { try #require(send(to: port, from: descriptor)) }
        #expect(try await countedFromOutside(port) == count + 100)
        kill(attached.processID, SIGTERM)
        #expect(await attached.exitCode(within: .seconds(30)) == 0)
        let rows = try JSONDecoder().decode(Counts.self, from: Data(contentsOf: URL(fileURLWithPath: output))).ports
        let received = try #require(rows.first { $0.direction == "received" }).counts
        #expect(received.packets == count + 100 && received.bytes == received.packets * 20)
        #expect(rows.first { $0.direction == "sent" }?.counts.packets == received.packets)
    }

    /// What `counters` says of the datagrams that a port received; zero while nothing is attached.
    private func countedFromOutside(_ port: UInt16) async throws -> UInt64 {
        let run = try await HypermeshProgram.run(["stoq", "ebpf", "counters", "--output", "json"])
        guard run.exitCode == 0 else { return 0 }
        let rows = try run.json(Counts.self).ports
        return rows.first { $0.port == port && $0.direction == "received" }?.counts.packets ?? 0
    }

    private func bound(_ descriptor: Int32) -> UInt16? {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_addr = in6addr_loopback
        var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let isNamed = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        return isNamed ? UInt16(bigEndian: address.sin6_port) : nil
    }

    /// Sends 20 bytes from a socket to itself.
    private func send(to port: UInt16, from descriptor: Int32) -> Bool {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_addr = in6addr_loopback
        address.sin6_port = port.bigEndian
        let bytes = [UInt8](repeating: 0x40, count: 20)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, bytes, bytes.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in6>.size)) == 20
            }
        }
    }
}
