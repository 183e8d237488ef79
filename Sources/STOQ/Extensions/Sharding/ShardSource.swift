/// One shard of an object as bytes to send: a part of the object itself, or parity that is worked out as it is read.
package struct ShardSource: ObjectSource {
    private let object: any ObjectSource
    private let code: ReedSolomon
    private let index: Int
    /// Bytes of the shard.
    package let size: UInt64

    package init(_ index: Int, of object: any ObjectSource, code: ReedSolomon) {
        self.object = object
        self.code = code
        self.index = index
        size = ShardSet.shardBytes(size: object.size, dataShards: code.dataShards)
    }

    package func read(offset: UInt64, length: Int) throws(STOQError) -> [UInt8] {
        let count = Int(min(UInt64(max(0, length)), size - min(offset, size)))
        guard index >= code.dataShards else { return try data(index, offset, count) }
        var stretches: [[UInt8]] = []
        for data in 0..<code.dataShards { stretches.append(try self.data(data, offset, count)) }
        return code.parity(index - code.dataShards, of: stretches)
    }

    /// A stretch of a data shard, with zeros behind the object's end.
    private func data(_ shard: Int, _ offset: UInt64, _ count: Int) throws(STOQError) -> [UInt8] {
        let start = UInt64(shard) * size + offset
        let there = Int(min(UInt64(count), object.size - min(start, object.size)))
        var bytes = there > 0 ? try object.read(offset: start, length: there) : []
        guard bytes.count == there else { throw .transfer(.damaged("the object became shorter")) }
        bytes += [UInt8](repeating: 0, count: count - there)
        return bytes
    }
}
