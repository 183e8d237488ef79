package import Canonical

/// The commitment to a plot: what proofs of space are checked against.
package struct PlotCommitment: Sendable, Hashable {
    /// Root of the Merkle tree over the plot's leaves.
    package let root: Digest
    /// Size of the plot in bytes.
    package let byteCount: UInt64

    package init(root: Digest, byteCount: UInt64) {
        self.root = root
        self.byteCount = byteCount
    }
}

extension PlotCommitment: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(root)
        encoder.encode(byteCount)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        root = try decoder.decode(Digest.self)
        byteCount = try decoder.decode(UInt64.self)
    }
}
