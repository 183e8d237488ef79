import Canonical
import Logging
import QUIC
import Testing

@testable import STOQ

@Suite struct `Identities` {
    private func endpoint(_ identity: STOQIdentity, _ trust: STOQTrust) throws -> STOQEndpoint {
        try STOQEndpoint(
            STOQConfiguration(identity: identity, trust: trust, address: "[::1]:0", logger: Notes().logger))
    }

    @Test func `two ends that name each other's keys exchange bytes and datagrams`() async throws {
        let alice = try STOQIdentity(name: "alice")
        let bob = try STOQIdentity(name: "bob")
        let server = try endpoint(bob, .peers([alice.id]))
        let client = try endpoint(alice, .peers([bob.id]))
        let session = try await client.connect(to: server.localAddress.text)
        let far = try #require(await server.sessions.first { _ in true })
        #expect(session.peer == bob.id)
        #expect(far.peer == alice.id)
        let stream = try await session.openStream()
        try await stream.write("hello", finish: true)
        let incoming = try #require(await far.incomingStreams.first { _ in true })
        var heard: [UInt8] = []
        for try await bytes in incoming { heard += bytes }
        #expect(heard == Array("hello".utf8))
        try await far.sendDatagram([1, 2, 3])
        #expect(await session.datagrams.first { _ in true } == [1, 2, 3])
        await client.shutDown()
        await server.shutDown()
    }

    @Test func `a key that was not named is refused by name`() async throws {
        let alice = try STOQIdentity(name: "alice")
        let bob = try STOQIdentity(name: "bob")
        let server = try endpoint(bob, .peers([bob.id]))
        let client = try endpoint(alice, .anyone)
        let error = await failure { _ = try await client.connect(to: server.localAddress) }
        #expect(error.map { "\($0)" }?.contains("unknown authority") == true, "\(String(describing: error))")
        await client.shutDown()
        await server.shutDown()
    }

    @Test func `a key that was kept gives the same identity`() throws {
        let identity = try STOQIdentity(name: "alice")
        let clear = try STOQIdentity(name: "again", privateKey: identity.privateKey())
        #expect(clear.id == identity.id)
        #expect(throws: STOQError.self) { try STOQIdentity(name: "x", privateKey: "no key") }
        #expect(throws: STOQError.self) { try STOQIdentity(name: "") }
    }

    @Test func `a datagram that cannot be sent says why`() async throws {
        try await Pair.run { pair in
            let error = await failure { try await pair.near.sendDatagram([UInt8](repeating: 0, count: 70_000)) }
            guard case .quic(.datagramTooLarge(let maximum)) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(maximum > 1000)
            try await pair.near.sendDatagram([UInt8](repeating: 5, count: maximum))
            #expect(await pair.far.datagrams.first { _ in true }?.count == maximum)
        }
    }

    @Test func `datagrams that nobody takes make room for newer ones`() async throws {
        try await Pair.run { pair in
            for index in 0..<STOQLimits.datagramBacklogMax + 50 {
                try await pair.near.sendDatagram([UInt8(index / 256), UInt8(index % 256)])
            }
            // A stream opened afterwards arrives afterwards.
            _ = try await pair.stream(.unidirectional, sending: [1])
            var kept: [[UInt8]] = []
            pair.near.close()
            for await datagram in pair.far.datagrams { kept.append(datagram) }
            #expect(kept.count <= STOQLimits.datagramBacklogMax)
            #expect(!kept.isEmpty)
        }
    }
}
