package import Canonical
import Foundation
import STOQ

extension TransferClient {
    /// Seals a file under a new key and spreads it over peers as k data and m parity shards, one after the other in turn.
    /// - Parameter routes: lists of relays to try for each shard; an empty one goes straight.
    package func shard(
        _ path: String, over holders: [MeshDescription.Member], data: Int, parity: Int,
        routes: [[MeshDescription.Member]] = [[]]
    ) async throws -> ShardReport {
        let start = ContinuousClock.now
        let code = try ReedSolomon(dataShards: data, parityShards: parity)
        let plain = try FileSource(path)
        guard plain.size > 0 else { throw NodeError.file(path: path, problem: "it is empty") }
        guard !holders.isEmpty else { throw NodeError.unreachable(tried: []) }
        var random = SystemRandomSource()
        let key = random.bytes(ObjectSeal.keyBytes)
        let source = try SealedSource(sealing: plain, with: ObjectSeal(key: key))
        let (set, lists) = try Sharding.describe(source, code: code)
        var report = ShardReport(
            object: set.id.description, key: ObjectName(object: set.id, key: key).keyText, bytes: plain.size,
            dataShards: data, parityShards: parity, seconds: 0, shards: [], failedRoutes: [])
        for index in 0..<code.totalShards {
            let holder = holders[index % holders.count]
            let offer = TransferOffer(.shard(set, index: UInt8(index)), lists[index], resumes: true)
            let shard = ShardSource(index, of: source, code: code)
            let used = try await overFirst(of: routes, to: holder, &report.failedRoutes) { relays, _ in
                _ = try await deliver(
                    shard, lists[index], offer, to: holder, through: relays, service: TransferService.sharding,
                    ShardQuery.put.canonicalBytes)
                return relays
            }
            report.shards.append(
                .init(index: index, holder: holder.name, bytes: set.shardBytes, relays: used.map(\.name)))
            progress("shards", UInt64(index + 1), UInt64(code.totalShards))
        }
        report.seconds = TransferClient.seconds(since: start)
        return report
    }

    /// Gets an object back from the peers that hold its shards, opens it with its key and writes it to `path`. Peers that do
    /// not answer and shards that are damaged are passed over as long as enough are left.
    /// - Parameter routes: lists of relays to try; an empty one goes straight.
    package func fetch(
        _ name: ObjectName, from holders: [MeshDescription.Member], into path: String,
        routes: [[MeshDescription.Member]] = [[]]
    ) async throws -> FetchReport {
        let start = ContinuousClock.now
        let folder = "\(path).shards-\(UUID().uuidString)"
        try PrivateFile.makeDirectory(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var gathering = ShardGathering(object: name.object)
        for holder in holders { await gathering.ask(holder, self, routes) }
        let set = try gathering.agreedSet()
        var shards: [Int: any ObjectSource] = [:]
        for (index, holder) in gathering.places where shards.count < Int(set.dataShards) && shards[index] == nil {
            do {
                shards[index] = try await get(index, of: set, from: holder, into: folder, routes)
                progress("shards", UInt64(shards.count), UInt64(set.dataShards))
            } catch {
                gathering.note(index, holder, error)
            }
        }
        guard shards.count >= Int(set.dataShards) else {
            throw NodeError.stoq(.transfer(.tooFewShards(found: shards.count, needed: Int(set.dataShards))))
        }
        try write(set, shards, to: "\(folder)/sealed")
        let opened = try SealedSource(opening: FileSource("\(folder)/sealed"), with: ObjectSeal(key: name.key))
        try write(opened, to: path)
        return FetchReport(
            object: name.object.description, path: path, bytes: opened.size, used: shards.keys.sorted(),
            losses: gathering.losses, seconds: TransferClient.seconds(since: start))
    }

    private func get(
        _ index: Int, of set: ShardSet, from holder: MeshDescription.Member, into folder: String,
        _ routes: [[MeshDescription.Member]]
    ) async throws -> any ObjectSource {
        guard let peer = NodeID(hexadecimal: holder.id) else { throw STOQError.route(.unknownNode(holder.name)) }
        let query = ShardQuery.get(set.id, index: UInt8(index)).canonicalBytes
        let store = FetchedShard(set: set, index: UInt8(index), folder: folder)
        var failed: [SendReport.FailedRoute] = []
        try await overFirst(of: routes, to: holder, &failed) { relays, _ in
            let (channel, _) = try await client.exchange(
                with: holder, through: relays, TransferService.sharding, query)
            _ = try await Transfer.receive(from: peer, into: store, over: channel)
        }
        return try FileSource(store.path)
    }

    private func write(_ object: any ObjectSource, to path: String) throws {
        try place(object.size, at: path) { file in
            var offset: UInt64 = 0
            while offset < object.size {
                let bytes = try object.read(offset: offset, length: 1 << 20)
                try file.write(bytes, at: offset)
                offset += UInt64(bytes.count)
            }
        }
    }

    private func write(_ set: ShardSet, _ shards: [Int: any ObjectSource], to path: String) throws {
        try place(set.size, at: path) { file in
            try Sharding.restore(set, from: shards) { bytes, offset in try file.write(bytes, at: offset) }
        }
    }

    /// A file that is there whole or not at all.
    private func place(_ size: UInt64, at path: String, _ fill: (PlacedFile) throws -> Void) throws {
        let place = path.contains("/") ? path : "./\(path)"
        let file = try PlacedFile("\(place).part")
        do {
            try fill(file)
            try file.commit(size: size, as: place)
        } catch {
            PrivateFile.removeIfPresent(file.path)
            throw error
        }
    }
}
