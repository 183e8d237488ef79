import Foundation
import MerkleTree
import Testing

/// One case of transparency-dev's proof test data.
private struct ProofCase: Decodable {
    var desc: String
    var wantErr: Bool
    var leafIdx: UInt64?
    var treeSize: UInt64?
    var start: UInt64?
    var end: UInt64?
    var size: UInt64?
    var size1: UInt64?
    var size2: UInt64?
    var root: Data?
    var root1: Data?
    var root2: Data?
    var leafHash: Data?
    var proof: [Data]?

    var hashes: [[UInt8]] { (proof ?? []).map { [UInt8]($0) } }

    func verify(kind: Substring) throws {
        switch kind {
        case "inclusion":
            try LogProof.verifyInclusion(
                leafHash: bytes(leafHash), index: try #require(leafIdx), treeSize: try #require(treeSize),
                root: bytes(root), proof: hashes)
        case "consistency":
            try LogProof.verifyConsistency(
                firstSize: try #require(size1), secondSize: try #require(size2), firstRoot: bytes(root1),
                secondRoot: bytes(root2), proof: hashes)
        case "subtreeinclusion":
            try LogProof.verifySubtreeInclusion(
                leafHash: bytes(leafHash), index: try #require(leafIdx), start: try #require(start),
                end: try #require(end), root: bytes(root), proof: hashes)
        case "subtreeconsistency":
            try LogProof.verifySubtreeConsistency(
                start: try #require(start), end: try #require(end), size: try #require(size),
                subtreeRoot: bytes(root1), root: bytes(root2), proof: hashes)
        default: Issue.record("unknown kind of case: \(kind)")
        }
    }

    private func bytes(_ data: Data?) -> [UInt8] { data.map { [UInt8]($0) } ?? [] }
}

private let vectorFile: URL? = {
    let name = "merkle/rfc6962-proofs.json"
    var folders = ProcessInfo.processInfo.environment["HYPERMESH_VECTORS"].map { [URL(fileURLWithPath: $0)] } ?? []
    var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    while folder.path.count > 1 {
        folders.append(folder.appendingPathComponent("shared/vectors"))
        folder = folder.deletingLastPathComponent()
    }
    folders.append(URL(fileURLWithPath: FileManager.default.currentDirectoryPath + "/../shared/vectors"))
    let found = folders.map { $0.appendingPathComponent(name) }.first {
        FileManager.default.fileExists(atPath: $0.path)
    }
    if found == nil { print("skipped: vectors not found (\(name))") }
    return found
}()

@Suite struct PublishedLogProofTests {
    @Test(.enabled(if: vectorFile != nil, "vectors not found"))
    func `agrees with every published case, good and bad`() throws {
        let file = try #require(vectorFile)
        let cases = try JSONDecoder().decode([String: ProofCase].self, from: Data(contentsOf: file))
        var counts: [Substring: Int] = [:]
        for (name, proofCase) in cases.sorted(by: { $0.key < $1.key }) {
            let kind = name.prefix { $0 != "/" }
            counts[kind, default: 0] += 1
            var refusal: LogProofError?
            do { try proofCase.verify(kind: kind) } catch let error as LogProofError { refusal = error }
            #expect((refusal != nil) == proofCase.wantErr, "\(name): \(proofCase.desc): \(String(describing: refusal))")
        }
        #expect(cases.count == 518)
        #expect(counts == ["inclusion": 98, "consistency": 98, "subtreeinclusion": 204, "subtreeconsistency": 118])
    }
}
