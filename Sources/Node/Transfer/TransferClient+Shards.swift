package import Canonical
import Foundation
import STOQ

extension TransferClient {
    /// Spreads a file over peers as k data and m parity shards, one after the other in turn.
    package func shard(
        _ path: String, over holders: [MeshDescription.Member], data: Int, parity: Int
    ) async throws -> ShardReport {
        let start = ContinuousClock.now
        let code = try ReedSolomon(dataShards: data, parityShards: parity)
        let source = try FileSource(path)
        guard source.size > 0 else { throw NodeError.file(path: path, problem: "it is empty") }
        guard !holders.isEmpty else { throw NodeError.unreachable(tried: []) }
        let (set, lists) = try Sharding.describe(source, code: code)
        var shards: [ShardReport.Shard] = []
        for index in 0..<code.totalShards {
            let holder = holders[index % holders.count]
            let offer = TransferOffer(.shard(set, index: UInt8(index)), lists[index], resumes: true)
            _ = try await deliver(
                ShardSource(index, of: source, code: code), lists[index], offer, to: holder, through: [],
                service: TransferService.sharding, ShardQuery.put.canonicalBytes)
            shards.append(.init(index: index, holder: holder.name, bytes: set.shardBytes))
            progress("shards", UInt64(index + 1), UInt64(code.totalShards))
        }
        return ShardReport(
            object: set.id.description, bytes: set.size, dataShards: data, parityShards: parity,
            seconds: TransferClient.seconds(since: start), shards: shards)
    }

    /// Gets an object back from the peers that hold its shards, and writes it to `path`. Peers that do not answer and
    /// shards that are damaged are passed over as long as enough are left.
    package func fetch(
        _ object: Digest, from holders: [MeshDescription.Member], into path: String
    ) async throws -> FetchReport {
        let start = ContinuousClock.now
        let folder = "\(path).shards-\(UUID().uuidString)"
        try PrivateFile.makeDirectory(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var gathering = ShardGathering(object: object)
        for holder in holders { await gathering.ask(holder, client) }
        let set = try gathering.agreedSet()
        var shards: [Int: any ObjectSource] = [:]
        for (index, holder) in gathering.places where shards.count < Int(set.dataShards) && shards[index] == nil {
            do {
                shards[index] = try await get(index, of: set, from: holder, into: folder)
                progress("shards", UInt64(shards.count), UInt64(set.dataShards))
            } catch {
                gathering.note(index, holder, error)
            }
        }
        guard shards.count >= Int(set.dataShards) else {
            throw NodeError.stoq(.transfer(.tooFewShards(found: shards.count, needed: Int(set.dataShards))))
        }
        try write(set, shards, to: path)
        return FetchReport(
            object: object.description, path: path, bytes: set.size, used: shards.keys.sorted(),
            losses: gathering.losses, seconds: TransferClient.seconds(since: start))
    }

    private func get(
        _ index: Int, of set: ShardSet, from holder: MeshDescription.Member, into folder: String
    ) async throws -> any ObjectSource {
        let query = ShardQuery.get(set.id, index: UInt8(index))
        let (channel, _) = try await client.exchange(
            with: holder, through: [], TransferService.sharding, query.canonicalBytes)
        guard let peer = NodeID(hexadecimal: holder.id) else { throw STOQError.route(.unknownNode(holder.name)) }
        let store = FetchedShard(set: set, index: UInt8(index), folder: folder)
        _ = try await Transfer.receive(from: peer, into: store, over: channel)
        return try FileSource(store.path)
    }

    private func write(_ set: ShardSet, _ shards: [Int: any ObjectSource], to path: String) throws {
        let place = path.contains("/") ? path : "./\(path)"
        let file = try PlacedFile("\(place).part")
        do {
            try Sharding.restore(set, from: shards) { bytes, offset in try file.write(bytes, at: offset) }
            try file.commit(size: set.size, as: place)
        } catch {
            PrivateFile.removeIfPresent(file.path)
            throw error
        }
    }
}
