import Canonical
import Synchronization
import Testing

@testable import STOQ

/// Transfers and shards over real sockets, without relays.
@Suite(.serialized) struct TransferServiceTests {
    private static func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        return random.bytes(count)
    }

    private static func session(_ mesh: RouteFixture, _ member: RouteFixture.Member = .end) async throws -> Session {
        try await mesh.node(.origin).routing.dial(mesh.id(member))
    }

    @Test func `a file arrives whole, and a second time nothing is sent`() async throws {
        try await RouteFixture.run { mesh in
            let session = try await Self.session(mesh)
            let source = MemorySource(Self.bytes(1_500_000, seed: 41))
            let list = try source.list(cutter: .init(average: 16 << 10))
            let offer = TransferOffer(.file(name: "big"), list, resumes: true, cutAverage: 16 << 10)
            for isAgain in [false, true] {
                let channel = try await session.open(extension: TransferService.chunking, [])
                let summary = try await Transfer.send(source, list, offer, over: channel)
                #expect(summary.size == 1_500_000 && summary.bytesReused == (isAgain ? 1_500_000 : 0))
            }
            #expect(try mesh.store.bytes("big", from: mesh.id(.origin)) == source.read(offset: 0, length: 1_500_000))
        }
    }

    @Test func `a receiver without room says so, also in the middle`() async throws {
        try await RouteFixture.run { mesh in
            let session = try await Self.session(mesh)
            mesh.store.room.withLock { $0 = 700_000 }
            let source = MemorySource(Self.bytes(9_000_000, seed: 42))
            let list = try source.list(pieceBytes: 100_000)
            let offer = TransferOffer(.file(name: "big"), list, resumes: false)
            let channel = try await session.open(extension: TransferService.chunking, [])
            let error = await failure { _ = try await Transfer.send(source, list, offer, over: channel) }
            #expect(error == .transfer(.refused(code: "inbox.full", text: "no room is left")))
        }
    }

    @Test func `shards are kept, given back to their owner only, and any k restore the object`() async throws {
        try await RouteFixture.run { mesh in
            let object = MemorySource(Self.bytes(300_001, seed: 43))
            let code = try ReedSolomon(dataShards: 3, parityShards: 2)
            let (set, lists) = try Sharding.describe(object, code: code)
            let session = try await Self.session(mesh)
            // Two are lost on the way.
            for index in [1, 3, 4] {
                let offer = TransferOffer(.shard(set, index: UInt8(index)), lists[index], resumes: false)
                let channel = try await session.open(extension: TransferService.sharding, ShardQuery.put.canonicalBytes)
                _ = try await Transfer.send(
                    ShardSource(index, of: object, code: code), lists[index], offer, over: channel)
            }
            let asked = try await session.open(
                extension: TransferService.sharding, ShardQuery.holdings(set.id).canonicalBytes)
            let answer = try #require(try await asked.receive())
            #expect(try ShardHoldings(canonicalBytes: answer) == ShardHoldings(set: set, indices: [1, 3, 4]))

            let fetched = MemoryStore()
            for index in [1, 3, 4] as [UInt8] {
                let channel = try await session.open(
                    extension: TransferService.sharding, ShardQuery.get(set.id, index: index).canonicalBytes)
                _ = try await Transfer.receive(from: mesh.id(.end), into: fetched, over: channel)
            }
            var shards: [Int: any ObjectSource] = [:]
            for index in [1, 3, 4] {
                shards[index] = MemorySource(try #require(fetched.bytes("\(set.id)/\(index)", from: mesh.id(.end))))
            }
            var restored = [UInt8](repeating: 0, count: 300_001)
            try Sharding.restore(set, from: shards) { bytes, offset in
                restored.replaceSubrange(Int(offset)..<Int(offset) + bytes.count, with: bytes)
            }
            #expect(try restored == object.read(offset: 0, length: 300_001))

            let stranger = try await mesh.node(.first).routing.dial(mesh.id(.end))
            let refused = await failure {
                _ = try await stranger.open(
                    extension: TransferService.sharding, ShardQuery.holdings(set.id).canonicalBytes)
            }
            guard case .refused(let reason) = refused else {
                Issue.record("a stranger was answered")
                return
            }
            #expect(reason.code == "sharding.unknown")
        }
    }

    @Test func `a shard that went bad at its holder is not given out`() async throws {
        try await RouteFixture.run { mesh in
            let object = MemorySource(Self.bytes(1000, seed: 44))
            let code = try ReedSolomon(dataShards: 2, parityShards: 1)
            let (set, lists) = try Sharding.describe(object, code: code)
            let session = try await Self.session(mesh)
            let offer = TransferOffer(.shard(set, index: 0), lists[0], resumes: false)
            let channel = try await session.open(extension: TransferService.sharding, ShardQuery.put.canonicalBytes)
            _ = try await Transfer.send(ShardSource(0, of: object, code: code), lists[0], offer, over: channel)
            let key = "\(try mesh.id(.origin))/\(set.id)/0"
            mesh.store.objects.withLock { $0[key]?.bytes[17] ^= 4 }
            let error = await failure {
                _ = try await session.open(
                    extension: TransferService.sharding, ShardQuery.get(set.id, index: 0).canonicalBytes)
            }
            guard case .refused(let reason) = error else {
                Issue.record("a bad shard was given out")
                return
            }
            #expect(reason.code == "sharding.damaged")
        }
    }
}
