import Glibc
import Testing

@testable import STOQKernel

@Suite(
    .serialized, .enabled(if: KernelSupport.probe().isUsable, "needs the rights and kernel parts of 'stoq ebpf status'")
)
struct KernelCountersTests {
    @Test func `datagrams are counted by port, size and connection ID`() throws {
        let group = try SocketGroup(count: 1)
        let counters = try KernelCounters(ports: [group.port])
        let short: [UInt8] = [0x40, 1, 2, 3, 4, 5, 6, 7, 8] + [UInt8](repeating: 0, count: 41)
        let long: [UInt8] = [0xC0, 0, 0, 0, 1, 8, 1, 2, 3, 4, 5, 6, 7, 8] + [UInt8](repeating: 0, count: 1186)
        for _ in 0..<3 { try group.send(short) }
        try group.send(long)
        // Too short for an ID: counted by port alone.
        try group.send([0x40])

        let port = try #require(try counters.ports().first)
        #expect(port.port == group.port && port.direction == .received)
        #expect(port.counts.packets == 5 && port.counts.bytes == 3 * 50 + 1200 + 1)
        #expect(port.counts.sizes == [4, 0, 0, 0, 0, 1, 0, 0] && port.counts.drops == 0)
        let connections = try counters.connections()
        #expect(connections.map(\.connectionID) == ["0102030405060708"])
        #expect(connections.first?.counts.packets == 4)
    }

    @Test func `a full socket's drops are counted`() throws {
        let group = try SocketGroup(count: 1)
        let counters = try KernelCounters(ports: [group.port])
        let datagram = [UInt8](repeating: 0x40, count: 1200)
        for _ in 0..<2000 { try group.send(datagram) }
        var arrived: UInt64 = 0
        while !group.receivers().isEmpty { arrived += 1 }
        let counts = try #require(try counters.ports().first).counts
        #expect(counts.packets == 2000)
        #expect(counts.drops == 2000 - arrived && counts.drops > 0)
        #expect(try counters.connections().first?.counts.drops == counts.drops)
    }

    @Test func `ports that nobody watches are not counted`() throws {
        let group = try SocketGroup(count: 1)
        let other = try SocketGroup(count: 1)
        let counters = try KernelCounters(ports: [group.port])
        try other.send([0x40])
        #expect(try counters.ports().isEmpty)
    }

    @Test func `another reader finds the counters while they are attached, and not afterwards`() throws {
        let group = try SocketGroup(count: 1)
        do {
            let counters = try KernelCounters(ports: [group.port])
            try group.send([UInt8](repeating: 0x40, count: 100))
            let seen = try AttachedCounters.read().ports.filter { $0.port == group.port }
            #expect(seen == (try counters.ports()))
            #expect(seen.first?.counts.packets == 1)
        }
        // The kernel lets go of the maps soon after. Other tests' counters may be attached.
        let deadline = ContinuousClock.now + .seconds(10)
        while isCounted(group.port), ContinuousClock.now < deadline { sched_yield() }
        #expect(!isCounted(group.port))
    }

    private func isCounted(_ port: UInt16) -> Bool {
        let found = (try? AttachedCounters.read().ports) ?? []
        return found.contains { $0.port == port }
    }
}
