/// Cuts an object into shards and puts it together again.
package enum Sharding {
    /// Goes once through the object and works out the pieces of every shard.
    package static func describe(
        _ object: any ObjectSource, code: ReedSolomon
    ) throws(STOQError) -> (set: ShardSet, lists: [PieceList]) {
        let shardBytes = ShardSet.shardBytes(size: object.size, dataShards: code.dataShards)
        let sources = (0..<code.dataShards).map { ShardSource($0, of: object, code: code) }
        var lists = [PieceList](repeating: PieceList(), count: code.totalShards)
        var offset: UInt64 = 0
        while offset < shardBytes {
            var stretches: [[UInt8]] = []
            for source in sources { stretches.append(try source.read(offset: offset, length: Transfer.pieceBytes)) }
            for (index, bytes) in (stretches + code.parity(of: stretches)).enumerated() {
                try lists[index].append(Piece(bytes))
            }
            offset += UInt64(stretches[0].count)
        }
        let set = try ShardSet(
            size: object.size, dataShards: UInt8(code.dataShards), parityShards: UInt8(code.parityShards),
            roots: lists.map(\.root))
        return (set, lists)
    }

    /// Puts the object together from any k shards, whose pieces were checked, and checks what it makes of them.
    /// - Parameter write: takes stretches of the object with their places.
    /// - Throws: `tooFewShards`; `damaged` when a shard that was worked out is not the one of the set.
    package static func restore(
        _ set: ShardSet, from shards: [Int: any ObjectSource],
        write: (_ bytes: [UInt8], _ offset: UInt64) throws -> Void
    ) throws {
        let code = try ReedSolomon(dataShards: Int(set.dataShards), parityShards: Int(set.parityShards))
        let plan = try code.plan(having: Set(shards.keys))
        let sources = plan.sources.compactMap { shards[$0] }
        var checks = [PieceList](repeating: PieceList(), count: plan.missing.count)
        var offset: UInt64 = 0
        while offset < set.shardBytes {
            let length = Int(min(UInt64(Transfer.pieceBytes), set.shardBytes - offset))
            var stretches: [[UInt8]] = []
            for source in sources { stretches.append(try source.read(offset: offset, length: length)) }
            guard stretches.allSatisfy({ $0.count == length }) else {
                throw STOQError.transfer(.damaged("a shard is shorter than its set says"))
            }
            for (shard, bytes) in zip(plan.sources, stretches) where shard < code.dataShards {
                try put(bytes, of: shard, at: offset, set, write)
            }
            for (place, bytes) in plan.apply(stretches).enumerated() {
                try checks[place].append(Piece(bytes))
                try put(bytes, of: plan.missing[place], at: offset, set, write)
            }
            offset += UInt64(length)
        }
        for (shard, check) in zip(plan.missing, checks) where check.root != set.roots[shard] {
            throw STOQError.transfer(.damaged("shard \(shard), worked out from the others, is not the one of the set"))
        }
    }

    private static func put(
        _ bytes: [UInt8], of shard: Int, at offset: UInt64, _ set: ShardSet,
        _ write: (_ bytes: [UInt8], _ offset: UInt64) throws -> Void
    ) throws {
        let start = UInt64(shard) * set.shardBytes + offset
        guard start < set.size else { return }
        try write(Array(bytes.prefix(Int(min(UInt64(bytes.count), set.size - start)))), start)
    }
}
