package import Canonical

/// One provider of a job, and what it has delivered.
package struct JobProvider: Sendable, Hashable {
    package let node: NodeID
    /// Hash of its sealed receipt.
    package internal(set) var commitment: Digest?
    /// Result hash of its opened receipt.
    package internal(set) var resultHash: Digest?

    package init(node: NodeID) {
        self.node = node
    }
}

extension JobProvider: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(node)
        encoder.encode(commitment)
        encoder.encode(resultHash)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        node = try decoder.decode(NodeID.self)
        commitment = try decoder.decodeOption(Digest.self)
        resultHash = try decoder.decodeOption(Digest.self)
    }
}
