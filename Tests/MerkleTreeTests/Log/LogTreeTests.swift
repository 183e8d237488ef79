import Canonical
import MerkleTree
import Testing

/// MTH of RFC 6962 §2.1, word for word, over leaf hashes.
private func referenceRoot(_ leaves: ArraySlice<Digest>) -> Digest {
    guard let first = leaves.first else { return Digest(sha256: [UInt8]()) }
    guard leaves.count > 1 else { return first }
    var left = 1
    while left * 2 < leaves.count { left *= 2 }
    let middle = leaves.startIndex + left
    let children = referenceRoot(leaves[..<middle]).bytes + referenceRoot(leaves[middle...]).bytes
    return Digest(sha256: [0x01] + children)
}

/// PATH of RFC 6962 §2.1.1.
private func referencePath(_ index: Int, _ leaves: ArraySlice<Digest>) -> [Digest] {
    guard leaves.count > 1 else { return [] }
    var left = 1
    while left * 2 < leaves.count { left *= 2 }
    let middle = leaves.startIndex + left
    if index < left { return referencePath(index, leaves[..<middle]) + [referenceRoot(leaves[middle...])] }
    return referencePath(index - left, leaves[middle...]) + [referenceRoot(leaves[..<middle])]
}

/// SUBPROOF of RFC 6962 §2.1.2.
private func referenceSubproof(_ count: Int, _ leaves: ArraySlice<Digest>, _ isWhole: Bool) -> [Digest] {
    if count == leaves.count { return isWhole ? [] : [referenceRoot(leaves)] }
    var left = 1
    while left * 2 < leaves.count { left *= 2 }
    let middle = leaves.startIndex + left
    if count <= left {
        return referenceSubproof(count, leaves[..<middle], isWhole) + [referenceRoot(leaves[middle...])]
    }
    return referenceSubproof(count - left, leaves[middle...], false) + [referenceRoot(leaves[..<middle])]
}

private func entries(_ count: Int) -> [[UInt8]] { (0..<count).map { Array("entry \($0)".utf8) } }

private func makeTree(_ count: Int) -> (tree: LogTree, leaves: [Digest]) {
    var tree = LogTree()
    for entry in entries(count) { tree.append(entry) }
    return (tree, entries(count).map { Digest(sha256: [0x00] + $0) })
}

@Suite struct LogTreeTests {
    @Test func `an empty log has the hash of nothing as its root`() {
        #expect(
            LogTree().root.description == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(LogFrontier().root == LogTree().root)
    }

    @Test func `roots of every size are those of the specification's recursion`() throws {
        let (tree, leaves) = makeTree(70)
        var frontier = LogFrontier()
        for size in 0...70 {
            let expected = referenceRoot(leaves[..<size])
            #expect(try tree.root(size: UInt64(size)) == expected)
            #expect(frontier.root == expected)
            #expect(frontier.size == UInt64(size))
            if size < 70 { #expect(frontier.append(leafHash: leaves[size]) == UInt64(size)) }
        }
        #expect(tree.frontier == frontier)
    }

    @Test func `inclusion proofs of every entry and size are the specification's and verify`() throws {
        let (tree, leaves) = makeTree(33)
        for size in 1...33 {
            let root = try tree.root(size: UInt64(size))
            for index in 0..<size {
                let proof = try tree.inclusionProof(index: UInt64(index), size: UInt64(size))
                #expect(proof == referencePath(index, leaves[..<size]))
                try LogProof.verifyInclusion(
                    leafHash: leaves[index], index: UInt64(index), treeSize: UInt64(size), root: root, proof: proof)
            }
        }
    }

    @Test func `consistency proofs between every two sizes are the specification's and verify`() throws {
        let (tree, leaves) = makeTree(33)
        for second in 1...33 {
            for first in 1...second {
                let proof = try tree.consistencyProof(first: UInt64(first), second: UInt64(second))
                #expect(proof == referenceSubproof(first, leaves[..<second], true))
                try LogProof.verifyConsistency(
                    firstSize: UInt64(first), secondSize: UInt64(second), firstRoot: tree.root(size: UInt64(first)),
                    secondRoot: tree.root(size: UInt64(second)), proof: proof)
            }
        }
    }

    @Test func `every subtree of a log proves that it is part of it`() throws {
        let (tree, leaves) = makeTree(21)
        let root = tree.root
        var count = 0
        for start in 0..<21 {
            for end in start + 1...21 where LogProof.isSubtree(start: UInt64(start), end: UInt64(end)) {
                let (subtree, proof) = try tree.subtreeProof(start: UInt64(start), end: UInt64(end), size: 21)
                #expect(subtree == referenceRoot(leaves[start..<end]))
                try LogProof.verifySubtreeConsistency(
                    start: UInt64(start), end: UInt64(end), size: 21, subtreeRoot: subtree.bytes, root: root.bytes,
                    proof: proof.map(\.bytes))
                count += 1
            }
        }
        #expect(count > 60)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `refuses any proof with a changed bit, a missing hash or an extra one`(seed: UInt64) throws {
        print("seed \(seed)")
        var random = SplitMix64(seed: seed)
        let (tree, leaves) = makeTree(100)
        for _ in 0..<200 {
            let size = UInt64.random(in: 2...100, using: &random)
            let index = UInt64.random(in: 0..<size, using: &random)
            let root = try tree.root(size: size)
            let good = try tree.inclusionProof(index: index, size: size).map(\.bytes)
            var proof = good
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                let place = Int.random(in: 0..<proof.count, using: &random)
                proof[place][Int.random(in: 0..<32, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: proof.remove(at: Int.random(in: 0..<proof.count, using: &random))
            case 2: proof.insert(random.bytes(32), at: Int.random(in: 0...proof.count, using: &random))
            default: proof[0] = Array(proof[0].dropLast())
            }
            let leaf = leaves[Int(index)].bytes
            #expect(throws: LogProofError.self) {
                try LogProof.verifyInclusion(
                    leafHash: leaf, index: index, treeSize: size, root: root.bytes, proof: proof)
            }
        }
    }

    @Test func `refuses what lies outside the log with the reason`() {
        let (tree, _) = makeTree(5)
        #expect(throws: LogProofError.indexOutOfRange(index: 5, start: 0, end: 5)) {
            try tree.inclusionProof(index: 5, size: 5)
        }
        #expect(throws: LogProofError.sizesReversed(first: 4, second: 3)) {
            try tree.consistencyProof(first: 4, second: 3)
        }
        #expect(throws: LogProofError.sizesReversed(first: 2, second: 5)) {
            try tree.consistencyProof(first: 2, second: 6)
        }
        #expect(throws: LogProofError.emptyTree) { try tree.consistencyProof(first: 0, second: 3) }
        #expect(throws: LogProofError.invalidSubtree(start: 1, end: 3, size: 5)) {
            try tree.subtreeProof(start: 1, end: 3, size: 5)
        }
    }

    @Test func `a frontier reads back from its encoding and refuses any other length`() throws {
        let (tree, _) = makeTree(13)
        let bytes = tree.frontier.canonicalBytes
        #expect(try LogFrontier(canonicalBytes: bytes) == tree.frontier)
        #expect(bytes.count == 8 + 3 * 32)
        #expect(throws: BCSError.self) { try LogFrontier(canonicalBytes: Array(bytes.dropLast())) }
        #expect(throws: BCSError.self) { try LogFrontier(canonicalBytes: bytes + [0]) }
    }
}
