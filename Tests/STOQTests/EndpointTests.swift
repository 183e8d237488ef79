import Canonical
import QUIC
import Testing

@testable import STOQ

@Suite struct EndpointTests {
    @Test func shuttingDownFailsWhoeverWaits() async throws {
        try await Pair.run(change: { $0.transport.bidirectionalStreamsMaximum = 1 }) { pair in
            let (near, far) = try await pair.stream()
            let reading = Task { await failure { while try await near.read() != nil {} } }
            let writing = Task {
                await failure { while true { try await near.write([UInt8](repeating: 0, count: 1 << 20)) } }
            }
            let opening = Task { await failure { _ = try await pair.near.openStream() } }
            // The server notices the end of the session that the client's shutting down brings.
            let noticing = Task { await failure { while try await far.read(maximum: 1) != nil {} } }
            _ = try await pair.near.statistics()
            await pair.client.shutDown()
            for task in [reading, writing, opening] {
                let seen = await task.value
                #expect(seen?.isEnd == true, "\(String(describing: seen))")
            }
            #expect(await noticing.value == .sessionClosed(.peer(code: 0, application: true, reason: "shutting down")))
            let late = await failure { _ = try await pair.client.connect(to: pair.server.localAddress) }
            #expect(late == .endpointClosed)
            await pair.client.shutDown()
        }
    }

    @Test func closingASessionTellsBothEndsWhy() async throws {
        try await Pair.run { pair in
            let (near, far) = try await pair.stream()
            let waiting = Task { await failure { while try await far.read() != nil {} } }
            pair.near.close(code: 77, reason: "enough")
            let there = STOQError.sessionClosed(.peer(code: 77, application: true, reason: "enough"))
            let here = STOQError.sessionClosed(.local(code: 77, application: true, reason: "enough"))
            #expect(await waiting.value == there)
            #expect(pair.far.closeReason == there)
            #expect(await failure { _ = try await near.read() } == here)
            #expect(await failure { _ = try await pair.near.openStream() } == here)
            #expect(await failure { _ = try await pair.near.statistics() } == here)
            #expect(pair.near.closeReason == here)
            for await _ in pair.far.incomingStreams {}
            for await _ in pair.near.incomingStreams {}
        }
    }

    @Test func connectingCanBeGivenUp() async throws {
        // A bound socket that nobody answers on.
        let silent = try UDPSocket(binding: .loopback(port: 0))
        let address = silent.address
        let client = try MeshFixture.endpoint(.client)
        let connecting = Task { try await client.connect(to: address) }
        connecting.cancel()
        #expect(await failure { _ = try await connecting.value } == .cancelled)
        let slow = try MeshFixture.endpoint(.client) { $0.transport.handshakeTimeoutNanoseconds = 50_000_000 }
        let seen = await failure { _ = try await slow.connect(to: address) }
        #expect(seen == .sessionClosed(.handshakeTimeout))
        withExtendedLifetime(silent) {}
        await client.shutDown()
        await slow.shutDown()
    }

    @Test func anEndpointThatAcceptsNobodyAnswersNobody() async throws {
        let closed = try MeshFixture.endpoint(.server) { $0.acceptsSessions = false }
        let client = try MeshFixture.endpoint(.client) { $0.transport.handshakeTimeoutNanoseconds = 50_000_000 }
        let seen = await failure { _ = try await client.connect(to: closed.localAddress) }
        #expect(seen == .sessionClosed(.handshakeTimeout))
        await client.shutDown()
        await closed.shutDown()
    }

    @Test func manySessionsShareAnEndpoint() async throws {
        let server = try MeshFixture.endpoint(.server)
        let client = try MeshFixture.endpoint(.client)
        var host = ServiceHost(logger: Notes().logger)
        host.call("port") { (_, peer) async throws(ServiceFailure) in Array("\(peer.remoteAddress.port)".utf8) }
        let services = host
        let serving = Task {
            await withTaskGroup(of: Void.self) { group in
                for await session in server.sessions { group.addTask { await services.serve(session) } }
            }
        }
        try await withThrowingTaskGroup(of: Session.self) { group in
            for _ in 0..<12 { group.addTask { try await client.connect(to: server.localAddress) } }
            for try await session in group {
                let answer = try await session.call("port", [], deadline: .seconds(60))
                #expect(answer == Array("\(client.localAddress.port)".utf8))
            }
        }
        await client.shutDown()
        await server.shutDown()
        await serving.value
    }

    @Test func theEarliestDeadlineIsOnTop() throws {
        let endpoint = try Endpoint(configuration: EndpointConfiguration(), random: SplitMix64(seed: 1))
        let client = try MeshFixture.credentials(.client)
        let tls = MeshTLS.configuration(signer: client, verifier: try MeshFixture.verifier())
        var random = SplitMix64(seed: 99)
        print("seed 99")
        var states: [ConnectionState] = []
        for _ in 0..<20 {
            states.append(
                ConnectionState(
                    try endpoint.connect(
                        to: .loopback(port: 9), configuration: ClientConfiguration(tls: tls), serverName: nil,
                        now: Timestamp(nanoseconds: 1))))
        }
        var heap = DeadlineHeap()
        for _ in 0..<2000 {
            let state = states[Int(random.next() % 20)]
            heap.update(state, random.next() % 4 == 0 ? nil : Timestamp(nanoseconds: random.next() % 1000))
            #expect(heap.first == states.compactMap(\.deadline).min())
        }
        var last = Timestamp(nanoseconds: 0)
        var due = states.filter { $0.deadline != nil }.count
        while let earliest = heap.first, heap.popDue(Timestamp(nanoseconds: 1000)) != nil {
            #expect(earliest >= last)
            last = earliest
            due -= 1
        }
        #expect(due == 0)
    }
}

extension STOQError {
    /// Whether the error says that session or endpoint are no more.
    fileprivate var isEnd: Bool {
        switch self {
        case .endpointClosed, .sessionClosed(.local): true
        default: false
        }
    }
}
