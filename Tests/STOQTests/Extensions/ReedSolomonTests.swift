import Canonical
import Testing

@testable import STOQ

@Suite struct ReedSolomonTests {
    private static func shards(_ code: ReedSolomon, length: Int, seed: UInt64) -> [[UInt8]] {
        var random = SplitMix64(seed: seed)
        let data = (0..<code.dataShards).map { _ in random.bytes(length) }
        return data + code.parity(of: data)
    }

    @Test func `the field is a field`() {
        for value in UInt8.min...UInt8.max {
            #expect(GaloisField.multiply(value, 1) == value && GaloisField.multiply(value, 0) == 0)
            if value != 0 { #expect(GaloisField.multiply(value, GaloisField.inverse(value)) == 1) }
        }
        // x⁷ · x = x⁸ = x⁴ + x³ + x² + 1.
        #expect(GaloisField.multiply(0x80, 2) == 0x1D)
        #expect(GaloisField.multiply(0x53, 0xCA) == GaloisField.multiply(0xCA, 0x53))
    }

    @Test(arguments: [(2, 1), (3, 2), (4, 4)])
    func `any k shards give the data back`(data: Int, parity: Int) throws {
        let code = try ReedSolomon(dataShards: data, parityShards: parity)
        let all = Self.shards(code, length: 37, seed: UInt64(data * 100 + parity))
        // Every choice of k of the n shards.
        for mask in 0..<(1 << code.totalShards) where mask.nonzeroBitCount == data {
            var kept: [Int: [UInt8]] = [:]
            for index in 0..<code.totalShards where mask & 1 << index != 0 { kept[index] = all[index] }
            #expect(try code.recover(kept) == Array(all.prefix(data)), "shards \(kept.keys.sorted())")
        }
    }

    @Test func `ten and four survive any four losses of a random hundred`() throws {
        let code = try ReedSolomon(dataShards: 10, parityShards: 4)
        let all = Self.shards(code, length: 130, seed: 7)
        let seed: UInt64 = 1004
        print("seed \(seed)")
        var random = SplitMix64(seed: seed)
        for _ in 0..<100 {
            let kept = Array(0..<14).shuffled(using: &random).prefix(10)
            let shards = Dictionary(uniqueKeysWithValues: kept.map { ($0, all[$0]) })
            #expect(try code.recover(shards) == Array(all.prefix(10)), "kept \(kept.sorted())")
        }
    }

    @Test func `the widest code works`() throws {
        // Few data shards, so that the matrix to invert is small.
        let code = try ReedSolomon(dataShards: 20, parityShards: 235)
        let all = Self.shards(code, length: 3, seed: 9)
        let kept = Dictionary(uniqueKeysWithValues: (235..<255).map { ($0, all[$0]) })
        #expect(try code.recover(kept) == Array(all.prefix(20)))
    }

    @Test func `long stretches are the same as byte by byte`() throws {
        let code = try ReedSolomon(dataShards: 3, parityShards: 2)
        let all = Self.shards(code, length: 2048 + 64 + 5, seed: 11)
        for index in [0, 63, 64, 2047, 2048, 2116] {
            let column = code.parity(of: all.prefix(3).map { [$0[index]] })
            #expect(column == all.suffix(2).map { [$0[index]] })
            #expect(code.parity(1, of: Array(all.prefix(3))) == all[4])
        }
    }

    @Test func `counts that cannot be are refused`() {
        for (data, parity) in [(0, 1), (1, 0), (-1, 3), (200, 56), (255, 1), (.max, 1), (1, .max)] {
            #expect(throws: STOQError.transfer(.invalidShardCounts(data: data, parity: parity))) {
                _ = try ReedSolomon(dataShards: data, parityShards: parity)
            }
        }
    }

    @Test func `too few shards, wrong numbers and lengths are refused`() throws {
        let code = try ReedSolomon(dataShards: 2, parityShards: 1)
        #expect(throws: STOQError.transfer(.tooFewShards(found: 1, needed: 2))) { try code.recover([0: [1]]) }
        #expect(throws: STOQError.self) { try code.recover([0: [1], 3: [1]]) }
        #expect(throws: STOQError.self) { try code.recover([0: [1], 1: [1, 2]]) }
    }

    @Test func `shards of an object put it together, and a false one is noticed`() throws {
        let code = try ReedSolomon(dataShards: 4, parityShards: 2)
        var random = SplitMix64(seed: 12)
        let object = MemorySource(random.bytes(4001))
        let (set, lists) = try Sharding.describe(object, code: code)
        #expect(set.shardBytes == 1001 && lists.map(\.root) == set.roots)
        #expect(try ShardSet(canonicalBytes: set.canonicalBytes) == set)
        var shards: [Int: any ObjectSource] = [:]
        for index in [0, 2, 4, 5] { shards[index] = ShardSource(index, of: object, code: code) }
        var restored = [UInt8](repeating: 0, count: 4001)
        try Sharding.restore(set, from: shards) { bytes, offset in
            restored.replaceSubrange(Int(offset)..<Int(offset) + bytes.count, with: bytes)
        }
        #expect(MemorySource(restored).size == 4001)
        #expect(try object.read(offset: 0, length: 4001) == restored)

        shards[4] = MemorySource([UInt8](repeating: 3, count: 1001))
        #expect(throws: STOQError.self) { try Sharding.restore(set, from: shards) { _, _ in } }
        shards[4] = nil
        #expect(throws: STOQError.transfer(.tooFewShards(found: 3, needed: 4))) {
            try Sharding.restore(set, from: shards) { _, _ in }
        }
    }
}
