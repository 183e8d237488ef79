/// A systematic Reed–Solomon code over GF(2⁸): k data shards and m parity shards of one length, of which any k give the
/// data back. Parity rows form a Cauchy matrix, 1 / (xᵢ + yⱼ), of which every square part can be inverted (Blömer et al.,
/// "An XOR-Based Erasure-Resilient Coding Scheme", 1995).
package struct ReedSolomon: Sendable, Hashable {
    /// Shards that hold the data itself.
    package let dataShards: Int
    /// Shards that can be lost.
    package let parityShards: Int
    private let parity: GaloisMatrix

    /// - Throws: `invalidShardCounts` unless both are at least 1 and together at most 255.
    package init(dataShards: Int, parityShards: Int) throws(STOQError) {
        guard dataShards > 0, parityShards > 0, dataShards <= ExtensionLimits.shardsMax,
            parityShards <= ExtensionLimits.shardsMax - dataShards
        else { throw .transfer(.invalidShardCounts(data: dataShards, parity: parityShards)) }
        self.dataShards = dataShards
        self.parityShards = parityShards
        parity = GaloisMatrix(rows: parityShards, columns: dataShards) { row, column in
            GaloisField.inverse(UInt8(dataShards + row) ^ UInt8(column))
        }
    }

    /// All shards.
    package var totalShards: Int { dataShards + parityShards }

    /// The parity of one stretch of every data shard, all of one length.
    package func parity(of data: [[UInt8]]) -> [[UInt8]] {
        precondition(data.count == dataShards, "one stretch a data shard")
        let rows = (0..<parityShards).map { parity.row($0) }
        return ReedSolomon.combine(rows, data)
    }

    /// One parity shard's stretch; `index` counts parity shards from 0.
    package func parity(_ index: Int, of data: [[UInt8]]) -> [UInt8] {
        precondition(data.count == dataShards && index < parityShards, "one stretch a data shard")
        return ReedSolomon.combine([parity.row(index)], data).first ?? []
    }

    /// Gives the data shards' stretches back from any k shards.
    /// - Parameter shards: stretches of one length by the shards' numbers, data first; at least k of them.
    /// - Throws: `tooFewShards`; `damaged` when lengths differ or a number is out of range.
    package func recover(_ shards: [Int: [UInt8]]) throws(STOQError) -> [[UInt8]] {
        let plan = try plan(having: Set(shards.keys))
        let used = plan.sources.compactMap { shards[$0] }
        guard Set(used.map(\.count)).count == 1 else { throw .transfer(.damaged("shards of different lengths")) }
        var result = (0..<dataShards).map { shards[$0] ?? [] }
        let recovered = ReedSolomon.combine(plan.rows, used)
        for (index, bytes) in zip(plan.missing, recovered) { result[index] = bytes }
        return result
    }

    /// How missing data shards follow from others, worked out once for many stretches.
    package struct Recovery: Sendable {
        /// The k shards to combine.
        package let sources: [Int]
        /// The data shards that are made of them.
        package let missing: [Int]
        fileprivate let rows: [[UInt8]]

        /// The missing data shards' stretches, from those of `sources` in their order, all of one length.
        package func apply(_ stretches: [[UInt8]]) -> [[UInt8]] { ReedSolomon.combine(rows, stretches) }
    }

    /// - Throws: `tooFewShards` when fewer than k are there, `damaged` for a number that no shard has.
    package func plan(having shards: Set<Int>) throws(STOQError) -> Recovery {
        guard shards.allSatisfy({ (0..<totalShards).contains($0) }) else {
            throw .transfer(.damaged("a shard's number is out of range"))
        }
        guard shards.count >= dataShards else {
            throw .transfer(.tooFewShards(found: shards.count, needed: dataShards))
        }
        let sources = Array(shards.sorted().prefix(dataShards))
        let missing = (0..<dataShards).filter { !shards.contains($0) }
        let matrix = GaloisMatrix(rows: dataShards, columns: dataShards) { row, column in
            let source = sources[row]
            guard source >= dataShards else { return source == column ? 1 : 0 }
            return parity[source - dataShards, column]
        }
        guard let inverse = matrix.inverted() else {
            throw .transfer(.damaged("shards that do not determine the data"))
        }
        return Recovery(sources: sources, missing: missing, rows: missing.map { inverse.row($0) })
    }

    /// Each row's sum of the inputs times its coefficients.
    private static func combine(_ rows: [[UInt8]], _ inputs: [[UInt8]]) -> [[UInt8]] {
        let length = inputs.first?.count ?? 0
        guard !rows.isEmpty, length > 0 else { return rows.map { _ in [] } }
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: rows.count * length, alignment: 64)
        defer { memory.deallocate() }
        memory.initializeMemory(as: UInt8.self, repeating: 0)
        let outputs = rows.indices.map {
            UnsafeMutableRawBufferPointer(rebasing: memory[$0 * length..<($0 + 1) * length])
        }
        for (index, input) in inputs.enumerated() {
            let coefficients = rows.map { $0[index] }
            input.withUnsafeBytes { GaloisKernel.accumulate($0, coefficients: coefficients, into: outputs) }
        }
        return outputs.map { Array($0) }
    }
}
