import Canonical
import Testing

@testable import STOQ

@Suite struct `A sealed object` {
    private static let key = [UInt8](repeating: 9, count: 32)

    private func bytes(_ count: Int) -> [UInt8] {
        var random = SplitMix64(seed: UInt64(count) + 1)
        return random.bytes(count)
    }

    private func all(of source: any ObjectSource, by length: Int) throws -> [UInt8] {
        var result: [UInt8] = []
        while result.count < Int(source.size) {
            result += try source.read(offset: UInt64(result.count), length: length)
        }
        return result
    }

    @Test(arguments: [1, 65_535, 65_536, 65_537, 200_000], [1000, 65_536, 262_144])
    func `opens to what was sealed, read in any stretches`(count: Int, length: Int) throws {
        let seal = try ObjectSeal(key: Self.key)
        let plain = bytes(count)
        let sealed = try SealedSource(sealing: MemorySource(plain), with: seal)
        let form = try all(of: sealed, by: length)
        #expect(form.count == Int(sealed.size))
        #expect(sealed.size == UInt64(count + 16 * ((count + 65_535) / 65_536)))
        #expect(try all(of: sealed, by: 7777) == form)
        let opened = try SealedSource(opening: MemorySource(form), with: seal)
        #expect(opened.size == UInt64(count))
        #expect(try all(of: opened, by: length) == plain)
        #expect(try opened.read(offset: UInt64(count), length: 10).isEmpty)
    }

    @Test func `shows nothing of its content, and equal objects look different under other keys`() throws {
        let plain = [UInt8](repeating: 0x41, count: 70_000)
        let first = try all(of: SealedSource(sealing: MemorySource(plain), with: ObjectSeal(key: Self.key)), by: 70_000)
        let other = try all(
            of: SealedSource(sealing: MemorySource(plain), with: ObjectSeal(key: [UInt8](repeating: 8, count: 32))),
            by: 70_000)
        #expect(first != other)
        #expect(first.filter { $0 == 0x41 }.count < 1000, "one byte in 256 by chance")
    }

    @Test func `does not open when a bit, the order, the end or the key is another`() throws {
        let seal = try ObjectSeal(key: Self.key)
        let form = try all(of: SealedSource(sealing: MemorySource(bytes(200_000)), with: seal), by: 1 << 20)
        func opens(_ form: [UInt8], _ seal: ObjectSeal) -> Bool {
            (try? all(of: SealedSource(opening: MemorySource(form), with: seal), by: 1 << 20)) != nil
        }
        #expect(opens(form, seal))
        var changed = form
        changed[100_000] ^= 1
        #expect(!opens(changed, seal))
        #expect(!opens(Array(form[65_552..<131_104] + form[..<65_552] + form[131_104...]), seal))
        #expect(!opens(Array(form[..<131_104]), seal), "cut between blocks")
        #expect(!opens(Array(form[..<10]), seal))
        #expect(!opens(form, try ObjectSeal(key: [UInt8](repeating: 8, count: 32))))
        #expect(throws: STOQError.self) { try ObjectSeal(key: [1, 2, 3]) }
    }

    @Test func `is restored from shards that say nothing`() throws {
        let seal = try ObjectSeal(key: Self.key)
        let plain = bytes(300_000)
        let sealed = try SealedSource(sealing: MemorySource(plain), with: seal)
        let code = try ReedSolomon(dataShards: 3, parityShards: 2)
        let (set, _) = try Sharding.describe(sealed, code: code)
        var shards: [Int: any ObjectSource] = [:]
        for index in [0, 3, 4] {
            let source = ShardSource(index, of: sealed, code: code)
            shards[index] = MemorySource(try source.read(offset: 0, length: Int(source.size)))
        }
        var form = [UInt8](repeating: 0, count: Int(set.size))
        try Sharding.restore(set, from: shards) { bytes, offset in
            form.replaceSubrange(Int(offset)..<Int(offset) + bytes.count, with: bytes)
        }
        #expect(try all(of: SealedSource(opening: MemorySource(form), with: seal), by: 100_000) == plain)
    }
}
