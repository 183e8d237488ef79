package import Canonical

/// How a transfer went.
package struct TransferSummary: Sendable, Hashable, CanonicalCodable {
    /// What names the content.
    package var root: Digest
    /// Bytes of the object.
    package var size: UInt64
    package var pieces: UInt32
    /// Pieces that the receiver had already.
    package var piecesReused: UInt32 = 0
    package var bytesReused: UInt64 = 0
    /// Pieces that came corrupt and were asked for again.
    package var piecesCorrupt: UInt32 = 0

    package init(root: Digest, size: UInt64, pieces: UInt32) {
        self.root = root
        self.size = size
        self.pieces = pieces
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(root)
        encoder.encode(size)
        encoder.encode(pieces)
        encoder.encode(piecesReused)
        encoder.encode(bytesReused)
        encoder.encode(piecesCorrupt)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        root = try decoder.decode()
        size = try decoder.decode()
        pieces = try decoder.decode()
        piecesReused = try decoder.decode()
        bytesReused = try decoder.decode()
        piecesCorrupt = try decoder.decode()
    }
}
