import Testing

@testable import Falcon

/// FIPS 202 examples.
struct KeccakTests {
    @Test func shake256OfNothing() {
        let expected = "46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762f"
        #expect(SHAKE256.hash([], count: 32) == KnownAnswers.bytes(expected))
    }

    @Test func sha3OfNothingAndOfABC() {
        let nothing = "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a"
        let abc = "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"
        #expect(SHA3_256.hash([]) == KnownAnswers.bytes(nothing))
        #expect(SHA3_256.hash(Array("abc".utf8)) == KnownAnswers.bytes(abc))
    }

    /// Any way to cut input and output into pieces gives the same output.
    @Test func piecesDoNotMatter() {
        let input = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let whole = SHAKE256.hash(input, count: 500)
        for piece in [1, 3, 8, 13, 135, 136, 137, 500] {
            var shake = SHAKE256()
            for start in stride(from: 0, to: input.count, by: piece) {
                shake.absorb(input[start..<min(start + piece, input.count)])
            }
            var output: [UInt8] = []
            while output.count < 500 { output += shake.squeeze(count: min(piece, 500 - output.count)) }
            #expect(output == whole, "pieces of \(piece)")
        }
    }
}
