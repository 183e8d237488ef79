import Canonical
import Testing

@testable import QUIC

@Suite struct ChunkTests {
    @Test(arguments: 0..<20) func readChunksGiveBackWhatWasAppended(seed: UInt64) {
        print("seed \(seed)")
        var random = SplitMix64(seed: seed)
        var chunks = ReadChunks()
        var written = 0
        var got: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 5000)
        for _ in 0..<400 {
            let bytes = pattern(written, Int(random.next() % 4000))
            bytes.withUnsafeBytes { chunks.append($0) }
            written += bytes.count
            if random.next() % 3 == 0 {
                got += chunks.take(maximum: Int(random.next() % 300_000)).bytes
            } else if random.next() % 3 == 0 {
                let count = buffer.withUnsafeMutableBytes { chunks.take(into: $0) }
                got += buffer[..<count]
            }
            #expect(chunks.base == UInt64(got.count) && chunks.end == UInt64(written))
        }
        while chunks.count > 0 { got += chunks.take(maximum: 100_000).bytes }
        #expect(got == pattern(0, written))
        #expect(chunks.take(maximum: 10).bytes.isEmpty)
        chunks.clear()
        #expect(chunks.base == UInt64(written) && chunks.count == 0)
    }

    @Test func readChunksGiveFullArraysAwayUncopied() {
        var chunks = ReadChunks()
        for index in 0..<1000 { pattern(index * 1300, 1300).withUnsafeBytes { chunks.append($0) } }
        var copied = 0
        while chunks.count > 0 { copied += chunks.take(maximum: 1 << 20).copied }
        #expect(copied < 130_000)
    }

    @Test(arguments: 0..<20) func writeChunksKeepWhatIsNotDropped(seed: UInt64) {
        print("seed \(seed)")
        var random = SplitMix64(seed: seed)
        var chunks = WriteChunks()
        var written = 0
        for _ in 0..<400 {
            let bytes = pattern(written, Int(random.next() % 5000))
            let start = bytes.isEmpty ? 0 : Int(random.next() % UInt64(bytes.count))
            if random.next() % 2 == 0 {
                bytes.withUnsafeBytes { chunks.append($0) }
            } else {
                _ = chunks.append(bytes, 0..<start)
                _ = chunks.append(bytes, start..<bytes.count)
            }
            written += bytes.count
            let kept = chunks.count
            guard kept > 0 else { continue }
            let offset = Int(chunks.base) + Int(random.next() % UInt64(kept))
            let count = min(written - offset, Int(random.next() % 9000))
            var target = [UInt8](repeating: 0, count: count)
            target.withUnsafeMutableBytes { chunks.copy(from: UInt64(offset), into: $0) }
            #expect(target == pattern(offset, count))
            if random.next() % 4 == 0 { chunks.drop(to: UInt64(offset)) }
        }
        #expect(chunks.end == UInt64(written))
        chunks.drop(to: chunks.end)
        #expect(chunks.count == 0)
    }
}
