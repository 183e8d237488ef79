import Canonical
import Foundation
import QUIC
import STOQKernel
import Testing

@testable import STOQ

@Suite(
    .serialized, .enabled(if: KernelSupport.probe().isUsable, "needs the rights and kernel parts of 'stoq ebpf status'")
)
struct EndpointCountersTests {
    @Test func `the kernel counts what the endpoints count, within one in a hundred`() async throws {
        let server = try MeshFixture.endpoint(.server)
        let client = try MeshFixture.endpoint(.client)
        let ports = [server.localAddress.port, client.localAddress.port]
        let counters = try KernelCounters(ports: ports)
        let near = try await client.connect(to: server.localAddress)
        let far = try #require(await server.sessions.first { _ in true })
        let pair = Pair(server: server, client: client, near: near, far: far)
        let stream = try await pair.stream(.unidirectional)
        async let received = collect(stream.far)
        try await stream.near.write([UInt8](repeating: 7, count: 4_000_000), finish: true)
        #expect(try await received.count == 4_000_001)

        let sent = try await near.statistics()
        let arrived = try await far.statistics()
        let rows = try counters.ports()
        func row(_ port: UInt16, _ direction: PacketDirection) throws -> PacketCounts {
            try #require(rows.first { $0.port == port && $0.direction == direction }).counts
        }
        expectClose(try row(ports[1], .sent).packets, sent.datagramsSent, "packets sent by the client")
        expectClose(try row(ports[1], .sent).bytes, sent.bytesSent, "bytes sent by the client")
        let into = try row(ports[0], .received)
        expectClose(into.packets - into.drops, arrived.datagramsReceived, "packets received by the server")
        expectClose(try row(ports[1], .received).packets, sent.datagramsReceived, "packets received by the client")
        expectClose(try row(ports[0], .sent).bytes, arrived.bytesSent, "bytes sent by the server")
        #expect(into.sizes.reduce(0, +) == into.packets)

        // By connection: what went to the server's own IDs, and a client's first packets, which go to another.
        let own = Set(try await far.connectionIDs().map(\.description))
        let connections = try counters.connections().filter { $0.port == ports[0] && $0.direction == .received }
        let steered = connections.filter { own.contains($0.connectionID) }.reduce(0) { $0 + $1.counts.packets }
        expectClose(steered, into.packets, "packets of the connection")
        await client.shutDown()
        await server.shutDown()
    }

    @Test func `the kernel gives datagrams to the worker of their connection, whatever the address`() async throws {
        let server = try MeshFixture.endpoint(.server) { $0.workers = 4 }
        let client = try MeshFixture.endpoint(.client) { $0.workers = 3 }
        let atServer = try ReuseportSteering(sockets: server.workerDescriptors, secret: server.workerSecret)
        let atClient = try ReuseportSteering(sockets: client.workerDescriptors, secret: client.workerSecret)
        for number in 0..<6 {
            let near = try await client.connect(to: server.localAddress)
            let far = try #require(await server.sessions.first { _ in true })
            let stream = try await Pair(server: server, client: client, near: near, far: far).stream(.unidirectional)
            async let received = collect(stream.far)
            try await stream.near.write([UInt8](repeating: UInt8(number), count: 200_000), finish: true)
            #expect(try await received.count == 200_001)
        }
        let (there, back) = (try atServer.outcomes(), try atClient.outcomes())
        print("steered \(there.steered) and \(back.steered), hashed \(there.hashed) and \(back.hashed)")
        // A batch counts once. Only a client's first packets, whose ID is of its own choice, may be left to the hash.
        #expect(there.steered > 30 && there.hashed < there.steered / 2)
        #expect(back.steered > 30 && back.hashed == 0)
        await client.shutDown()
        await server.shutDown()
    }

    @Test func `an endpoint that steers in the kernel works`() async throws {
        let notes = Notes()
        let server = try MeshFixture.endpoint(.server, log: notes) {
            $0.workers = 2
            $0.steersInKernel = true
        }
        let client = try MeshFixture.endpoint(.client)
        let near = try await client.connect(to: server.localAddress)
        let statistics = try await near.statistics()
        #expect(statistics.datagramsReceived > 0)
        #expect(!notes.contains("user space"))
        await client.shutDown()
        await server.shutDown()
    }

    private func expectClose(_ counted: UInt64, _ own: UInt64, _ what: String) {
        let difference = counted > own ? counted - own : own - counted
        print("\(what): kernel \(counted), endpoint \(own)")
        #expect(own > 20 && difference * 100 <= own, "\(what): the kernel counted \(counted), the endpoint \(own)")
    }
}
