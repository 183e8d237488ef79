import FoundationEssentials
import MerkleTree

/// One case of the proof test data of transparency-dev/merkle: a proof about an RFC 6962 log, good or bad.
struct ProofCase: Decodable {
    /// The kinds of proof, by the first part of a case's name.
    enum Kind: String {
        case inclusion
        case consistency
        case subtreeInclusion = "subtreeinclusion"
        case subtreeConsistency = "subtreeconsistency"
    }

    let desc: String
    let wantErr: Bool
    let leafIdx: UInt64?
    let treeSize: UInt64?
    let start: UInt64?
    let end: UInt64?
    let size: UInt64?
    let size1: UInt64?
    let size2: UInt64?
    let root: Data?
    let root1: Data?
    let root2: Data?
    let leafHash: Data?
    let proof: [Data]?

    /// What is wrong with how the proof was judged, empty when it was judged as published.
    func complaints(kind: Kind) -> [String] {
        guard hasItsFields(kind) else { return ["a case of kind \(kind) lacks a field"] }
        do throws(LogProofError) {
            try verify(kind)
            return wantErr ? ["\(desc): accepted, but must be refused"] : []
        } catch {
            return wantErr ? [] : ["\(desc): refused, but must be accepted: \(error)"]
        }
    }

    private func hasItsFields(_ kind: Kind) -> Bool {
        switch kind {
        case .inclusion: leafIdx != nil && treeSize != nil
        case .consistency: size1 != nil && size2 != nil
        case .subtreeInclusion: leafIdx != nil && start != nil && end != nil
        case .subtreeConsistency: start != nil && end != nil && size != nil
        }
    }

    private func verify(_ kind: Kind) throws(LogProofError) {
        let proof = (proof ?? []).map { [UInt8]($0) }
        switch kind {
        case .inclusion:
            try LogProof.verifyInclusion(
                leafHash: bytes(leafHash), index: leafIdx ?? 0, treeSize: treeSize ?? 0, root: bytes(root),
                proof: proof)
        case .consistency:
            try LogProof.verifyConsistency(
                firstSize: size1 ?? 0, secondSize: size2 ?? 0, firstRoot: bytes(root1), secondRoot: bytes(root2),
                proof: proof)
        case .subtreeInclusion:
            try LogProof.verifySubtreeInclusion(
                leafHash: bytes(leafHash), index: leafIdx ?? 0, start: start ?? 0, end: end ?? 0, root: bytes(root),
                proof: proof)
        case .subtreeConsistency:
            try LogProof.verifySubtreeConsistency(
                start: start ?? 0, end: end ?? 0, size: size ?? 0, subtreeRoot: bytes(root1), root: bytes(root2),
                proof: proof)
        }
    }

    private func bytes(_ data: Data?) -> [UInt8] { data.map { [UInt8]($0) } ?? [] }
}
