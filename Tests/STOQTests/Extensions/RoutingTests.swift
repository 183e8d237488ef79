import Canonical
import TLS
import Testing

@testable import STOQ

/// Circuits over real sockets on `[::1]`.
@Suite(.serialized) struct RoutingTests {
    private static let bytes: [UInt8] = {
        var random = SplitMix64(seed: 31)
        return random.bytes(400_000)
    }()

    @Test func `a file goes through two relays, which sign what they carried`() async throws {
        try await RouteFixture.run { mesh in
            let (summary, receipts) = try await mesh.send(Self.bytes, over: [.first, .second, .end])
            let origin = try mesh.id(.origin)
            #expect(mesh.store.bytes("x", from: origin) == Self.bytes)
            #expect(summary.size == 400_000 && summary.piecesCorrupt == 0)
            #expect(receipts.map(\.relay) == [try mesh.id(.first), try mesh.id(.second)])
            #expect(receipts.allSatisfy { $0.bytesForward > 400_000 && $0.bytesBackward > 0 })
            // A receipt that says something else, or another's, does not hold.
            let verifier = try MeshFixture.verifier()
            var forged = receipts[0]
            forged.bytesForward += 1
            #expect(throws: STOQError.route(.receipt("its signature is wrong"))) { try forged.verify(verifier) }
            forged = receipts[0]
            forged.relay = try mesh.id(.second)
            #expect(throws: STOQError.route(.receipt("its certificate is another node's"))) {
                try forged.verify(verifier)
            }
        }
    }

    @Test func `a circuit without relays is sealed all the same`() async throws {
        try await RouteFixture.run { mesh in
            let (summary, receipts) = try await mesh.send(Array(Self.bytes.prefix(1000)), over: [.end])
            #expect(summary.size == 1000 && receipts.isEmpty)
        }
    }

    @Test func `loops, expired and unknown ways are refused by name`() async throws {
        try await RouteFixture.run { mesh in
            let origin = try mesh.node(.origin).routing
            let first = try mesh.id(.first)
            let end = try mesh.id(.end)
            func refusal(_ route: [NodeID], relaysMax: UInt8 = 8, service: String = TransferService.chunking) async
                -> STOQError?
            {
                await failure {
                    _ = try await Circuit.open(origin, route: route, relaysMax: relaysMax, service: service, [])
                }
            }
            #expect(await refusal([first, end, first]) == .route(.loop(node: "\(first)")))
            guard case .refused(let expired) = await refusal([first, end], relaysMax: 0) else {
                Issue.record("no relay refused")
                return
            }
            #expect(expired.code == "routing.expired" && expired.message.hasPrefix(first.shortDescription))
            let stranger = NodeID(publicKey: [1, 2, 3])
            guard case .refused(let unknown) = await refusal([first, stranger, end]) else {
                Issue.record("a way over a stranger was found")
                return
            }
            #expect(unknown.code == "routing.unknown-node")
            guard case .refused(let service) = await refusal([first, end], service: "no-such") else {
                Issue.record("an unknown extension was taken")
                return
            }
            #expect(service.code == "stoq.unknown-extension" && service.message.contains("no-such"))
        }
    }

    @Test func `a relay that changes a bit is found out, and another route serves`() async throws {
        try await RouteFixture.run(tamper: true) { mesh in
            let error = await failure { _ = try await mesh.send(Self.bytes, over: [.first, .end]) }
            #expect(error != nil, "a changed bit went unnoticed")
            #expect(mesh.store.bytes("x", from: try mesh.id(.origin)) == nil)
            let (summary, _) = try await mesh.send(Self.bytes, over: [.second, .end])
            #expect(mesh.store.bytes("x", from: try mesh.id(.origin)) == Self.bytes)
            // What came before the changed bit was kept: it is not sent again.
            #expect(summary.piecesReused > 0)
        }
    }

    @Test func `when a relay is lost the transfer goes on over another`() async throws {
        try await RouteFixture.run { mesh in
            let origin = try mesh.node(.origin).routing
            let source = MemorySource(Self.bytes)
            let list = try source.list(cutter: .init(average: 4096))
            let offer = TransferOffer(.file(name: "x"), list, resumes: true, cutAverage: 4096)
            let circuit = try await Circuit.open(
                origin, route: [try mesh.id(.first), try mesh.id(.end)], service: TransferService.chunking, [])
            let killer = DyingSource(source, after: 100_000) {
                // What was sent is on its way; some of it has to be there when the relay goes.
                while !mesh.store.hasBytes { await Task.yield() }
                try await mesh.kill(.first)
            }
            let error = await failure {
                _ = try await Transfer.send(killer, list, offer, over: SlowChannel(circuit.channel, killer))
            }
            #expect(error != nil)
            #expect(mesh.store.bytes("x", from: origin.own) == nil)
            let (summary, receipts) = try await mesh.send(Self.bytes, over: [.second, .end])
            #expect(mesh.store.bytes("x", from: origin.own) == Self.bytes)
            #expect(receipts.map(\.relay) == [try mesh.id(.second)])
            #expect(summary.piecesReused > 0 && summary.piecesReused < summary.pieces)
        }
    }

    @Test func `a node that nobody can dial is reached over the session that it keeps with a relay`() async throws {
        try await RouteFixture.run { mesh in
            mesh.hide(.end)
            func refusal(_ route: [RouteFixture.Member]) async -> String? {
                guard case .refused(let reason)? = await failure({ _ = try await mesh.send([1], over: route) }) else {
                    return nil
                }
                return reason.code
            }
            #expect(await refusal([.first, .end]) == "routing.unknown-node")
            let (session, registration) = try await mesh.register(.end, with: .first)
            let (_, receipts) = try await mesh.send(Self.bytes, over: [.first, .end])
            #expect(mesh.store.bytes("x", from: try mesh.id(.origin)) == Self.bytes)
            #expect(receipts.map(\.relay) == [try mesh.id(.first)])
            // Two relays, of which the second is registered with; and one that knows nothing of it.
            _ = try await mesh.send(Self.bytes, over: [.second, .first, .end])
            #expect(await refusal([.second, .end]) == "routing.unknown-node")
            session.close()
            #expect(await failure { _ = try await registration.receive() } != nil)
            let after = await refusal([.first, .end])
            #expect(["routing.unknown-node", "routing.unreachable"].contains(after))
        }
    }

    @Test func `a relay reaches so many nodes over their sessions`() async throws {
        try await Pair.run { pair in
            let reachable = ReachableNodes()
            func node(_ number: Int) -> NodeID { NodeID(publicKey: [UInt8(number >> 8), UInt8(number & 0xFF)]) }
            for number in 0..<ExtensionLimits.registrationsMax { #expect(reachable.add(node(number), over: pair.near)) }
            #expect(!reachable.add(node(1000), over: pair.near))
            // A node may come again over another session; the end of the earlier one then means nothing.
            #expect(reachable.add(node(0), over: pair.far))
            reachable.remove(node(0), over: pair.near)
            #expect(reachable.session(with: node(0)) === pair.far)
            reachable.remove(node(0), over: pair.far)
            #expect(reachable.session(with: node(0)) == nil)
            #expect(reachable.count == ExtensionLimits.registrationsMax - 1)
        }
    }

    @Test func `relays see nothing of what goes through`() async throws {
        let secret = Array("the one sentence that nobody between may read".utf8)
        let pipe = MessagePipe()
        let server = Task {
            let channel = try await SecureChannel.open(
                over: pipe.right, role: .server, signer: try MeshFixture.credentials(.server),
                verifier: try MeshFixture.verifier())
            let message = try await channel.receive()
            try await channel.finish()
            return message
        }
        let channel = try await SecureChannel.open(
            over: pipe.left, role: .client, signer: try MeshFixture.credentials(.client),
            verifier: try MeshFixture.verifier())
        try await channel.send(secret)
        try await channel.finish()
        #expect(try await server.value == secret)
        #expect(try await channel.receive() == nil)
        let seen = pipe.seen
        #expect(seen.count > 500)
        for start in 0..<(seen.count - 8) { #expect(Array(seen[start..<start + 8]) != Array(secret.prefix(8))) }
    }
}
