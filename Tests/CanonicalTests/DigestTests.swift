import Canonical
import Testing

@Suite struct DigestTests {
    @Test func `is SHA-256`() {
        // FIPS 180-4 example "abc".
        #expect(
            Digest(sha256: Array("abc".utf8)).description
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func `puts the domain's tag before the bytes`() {
        #expect(Digest(.node, [1, 2]) == Digest(sha256: Array("HM/node".utf8) + [1, 2]))
        #expect(NodeID(publicKey: [7]).digest == Digest(.node, [7]))
    }

    @Test func `orders and indexes as its bytes do`() throws {
        var random = SplitMix64(seed: 5)
        for _ in 0..<200 {
            let left = random.bytes(32)
            let right = random.bytes(32)
            let digest = try #require(Digest(bytes: left))
            let other = try #require(Digest(bytes: right))
            #expect((digest < other) == left.lexicographicallyPrecedes(right))
            #expect(digest.bytes == left)
            #expect((0..<64).allSatisfy { digest.nibble($0) == Int(left[$0 / 2] >> ($0 % 2 == 0 ? 4 : 0) & 15) })
            #expect((0..<256).allSatisfy { digest.bit($0) == (left[$0 / 8] >> (7 - $0 % 8) & 1 == 1) })
        }
    }

    @Test func `reads its own text and refuses other text`() {
        let digest = Digest(sha256: [1])
        #expect(Digest(hexadecimal: digest.description) == digest)
        #expect(Digest(hexadecimal: "abc") == nil)
        #expect(Digest(hexadecimal: String(repeating: "g", count: 64)) == nil)
        #expect(Digest(bytes: [1, 2, 3]) == nil)
    }

    @Test func `inner nodes hash prefix, left, right`() {
        let left = Digest(sha256: [1])
        let right = Digest(sha256: [2])
        #expect(Digest(prefix: 1, left, right) == Digest(sha256: [1] + left.bytes + right.bytes))
        #expect(Digest(left, right) == Digest(sha256: left.bytes + right.bytes))
    }
}
