import Canonical
import MerkleTree
import Testing

@testable import STOQ

@Suite struct ContentCutterTests {
    private static let sizes = ContentCutter.Sizes(average: 1024)

    private func cut(_ bytes: [UInt8]) throws -> PieceList {
        try MemorySource(bytes).list(cutter: Self.sizes)
    }

    @Test func `pieces keep to the limits and add up to the object`() throws {
        var random = SplitMix64(seed: 21)
        let bytes = random.bytes(200_000)
        let list = try cut(bytes)
        #expect(list.size == 200_000 && list.offsets.count == list.pieces.count)
        #expect(list.pieces.dropLast().allSatisfy { (256...4096).contains($0.length) })
        let average = 200_000 / list.pieces.count
        #expect((700...1700).contains(average), "average \(average)")
        for (piece, offset) in zip(list.pieces, list.offsets) {
            #expect(piece.matches(Array(bytes[Int(offset)..<Int(offset) + Int(piece.length)])))
        }
    }

    @Test func `bytes without content are cut at the maximum`() throws {
        let list = try cut([UInt8](repeating: 0, count: 10_000))
        #expect(Set(list.pieces.dropLast().map(\.length)).count == 1)
        #expect(try cut([]).pieces.isEmpty)
        #expect(try cut([7]).pieces.map(\.length) == [1])
    }

    @Test func `the way bytes are handed over does not matter`() throws {
        var random = SplitMix64(seed: 22)
        let bytes = random.bytes(30_000)
        let whole = try cut(bytes)
        var cutter = ContentCutter(Self.sizes)
        var lengths: [UInt32] = []
        var length: UInt32 = 0
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + Int(random.next() % 97) + 1)
            let (count, isCut) = bytes[start..<end].withUnsafeBytes { cutter.take($0) }
            start += count
            length += UInt32(count)
            if isCut {
                lengths.append(length)
                length = 0
            }
        }
        if length > 0 { lengths.append(length) }
        #expect(lengths == whole.pieces.map(\.length))
    }

    @Test func `an insertion changes the pieces near it only`() throws {
        var random = SplitMix64(seed: 23)
        let bytes = random.bytes(100_000)
        var changed = bytes
        changed.insert(contentsOf: random.bytes(50), at: 40_000)
        let old = Set(try cut(bytes).pieces)
        let new = try cut(changed).pieces
        let fresh = new.filter { !old.contains($0) }
        #expect(!fresh.isEmpty && fresh.count <= 6, "\(fresh.count) of \(new.count) pieces are new")
        #expect(try cut(bytes).root != cut(changed).root)
    }

    @Test func `the root depends on every piece, its length and the order`() throws {
        var list = PieceList()
        for byte in 0..<5 { try list.append(Piece([UInt8(byte), 1])) }
        var other = PieceList()
        for byte in [1, 0, 2, 3, 4] { try other.append(Piece([UInt8(byte), 1])) }
        #expect(list.root != other.root && list.size == 10)
        #expect(throws: STOQError.self) { try list.append(Piece(length: 0, hash: .zero)) }
        #expect(throws: STOQError.self) {
            try list.append(Piece(length: ExtensionLimits.pieceBytesMax + 1, hash: .zero))
        }
    }
}
