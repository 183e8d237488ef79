import Canonical
import MerkleTree
import Testing

@Suite struct JellyfishProofTests {
    private func grown(_ seed: UInt64, keys: Int) throws -> TreeUnderTest {
        var random = SplitMix64(seed: seed)
        var test = TreeUnderTest()
        try test.apply(
            (0..<keys).map { _ in JellyfishUpdate(key: crowdedKey(&random), valueHash: randomDigest(&random)) })
        return test
    }

    @Test(arguments: [0, 1, 2, 3, 40, 400])
    func provesWhatIsThereAndWhatIsNot(keys: Int) throws {
        let test = try grown(11, keys: keys)
        for (key, value) in test.model.values {
            try test.tree.proof(of: key).verify(key: key, valueHash: value, root: test.root.hash)
        }
        var random = SplitMix64(seed: 12)
        for round in 0..<200 {
            let key = round.isMultiple(of: 2) ? crowdedKey(&random) : randomDigest(&random)
            let proof = try test.tree.proof(of: key)
            try proof.verify(key: key, valueHash: test.model.values[key], root: test.root.hash)
        }
    }

    @Test func refusesATamperedProof() throws {
        let test = try grown(13, keys: 200)
        var random = SplitMix64(seed: 14)
        for (key, value) in test.model.values.sorted(by: { $0.key < $1.key }).prefix(60) {
            let proof = try test.tree.proof(of: key)
            let root = test.root.hash
            #expect(throws: JellyfishError.self) { try proof.verify(key: key, valueHash: nil, root: root) }
            #expect(throws: JellyfishError.self) {
                try proof.verify(key: key, valueHash: randomDigest(&random), root: root)
            }
            #expect(throws: JellyfishError.self) {
                try proof.verify(key: randomDigest(&random), valueHash: value, root: root)
            }
            var bytes = proof.canonicalBytes
            bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            guard let broken = try? JellyfishProof(canonicalBytes: bytes) else { continue }
            #expect(throws: JellyfishError.self) { try broken.verify(key: key, valueHash: value, root: root) }
            let shorter = JellyfishProof(terminal: proof.terminal, siblings: Array(proof.siblings.dropLast()))
            #expect(throws: JellyfishError.self) { try shorter.verify(key: key, valueHash: value, root: root) }
        }
    }

    @Test func aForeignLeafProvesNoAbsence() throws {
        let test = try grown(15, keys: 100)
        let keys = test.model.values.keys.sorted()
        for (key, other) in zip(keys, keys.dropFirst()) {
            let proof = try test.tree.proof(of: other)
            #expect(throws: JellyfishError.self) {
                try proof.verify(key: key, valueHash: nil, root: test.root.hash)
            }
        }
    }

    @Test(arguments: [0, 1, 2, 5, 300])
    func provesThatARangeIsWhole(keys: Int) throws {
        let test = try grown(16, keys: keys)
        let leaves = test.model.values.map { JellyfishLeaf(key: $0.key, valueHash: $0.value) }
            .sorted { $0.key < $1.key }
        for length in [0, 1, 3, 5] {
            for word in 0..<9 {
                let prefix = NibblePath(of: digest(nibbles: word), count: length)
                let inside = leaves.filter { prefix.isPrefix(of: $0.key) }
                let proof = try test.tree.rangeProof(of: prefix)
                try proof.verify(leaves: inside, root: test.root.hash)
                let read = try JellyfishRangeProof(canonicalBytes: proof.canonicalBytes)
                try read.verify(leaves: inside, root: test.root.hash)
                guard let last = inside.last else { continue }
                #expect(throws: JellyfishError.self) {
                    try proof.verify(leaves: inside.dropLast(), root: test.root.hash)
                }
                let changed = inside.dropLast() + [JellyfishLeaf(key: last.key, valueHash: last.key)]
                #expect(throws: JellyfishError.self) {
                    try proof.verify(leaves: Array(changed), root: test.root.hash)
                }
            }
        }
    }

    // Digits 0…2, as crowded keys have them.
    private func digest(nibbles word: Int) -> Digest {
        var bytes = [UInt8](repeating: 0, count: 32)
        bytes[0] = UInt8(word % 3)
        bytes[1] = UInt8(word / 3 % 3)
        bytes[2] = UInt8(word / 9 % 4)
        return Digest(bytes: bytes) ?? .zero
    }

    @Test func decodingNeverTraps() {
        var random = SplitMix64(seed: 17)
        for _ in 0..<3000 {
            let bytes = random.bytes(Int.random(in: 0..<120, using: &random))
            _ = try? JellyfishProof(canonicalBytes: bytes)
            _ = try? JellyfishRangeProof(canonicalBytes: bytes)
            _ = try? JellyfishNode(canonicalBytes: bytes)
            _ = try? JellyfishNodeKey(canonicalBytes: bytes)
        }
    }
}
