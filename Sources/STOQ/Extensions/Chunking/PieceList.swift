package import Canonical
import MerkleTree

/// One piece of a transferred object: how long it is, and the leaf hash of its bytes (RFC 6962).
package struct Piece: Sendable, Hashable, CanonicalCodable {
    package var length: UInt32
    package var hash: Digest

    package init(length: UInt32, hash: Digest) {
        self.length = length
        self.hash = hash
    }

    /// The piece of these bytes.
    package init(_ bytes: some Collection<UInt8>) {
        length = UInt32(clamping: bytes.count)
        hash = LogHash.leaf(bytes)
    }

    /// Whether these are the piece's bytes.
    package func matches(_ bytes: [UInt8]) -> Bool {
        bytes.count == Int(length) && LogHash.leaf(bytes) == hash
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(length)
        encoder.encode(hash)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        length = try decoder.decode()
        hash = try decoder.decode()
    }
}

/// The pieces of an object in their order. Its identity is the root of the hash tree over them with their lengths.
package struct PieceList: Sendable, Hashable {
    package private(set) var pieces: [Piece] = []
    /// Where each piece begins, bytes.
    package private(set) var offsets: [UInt64] = []
    /// Bytes of the object.
    package private(set) var size: UInt64 = 0
    private var frontier = LogFrontier()

    package init() {}

    /// Adds the next piece.
    /// - Throws: `damaged` for an empty or overlong piece, or when there are too many.
    package mutating func append(_ piece: Piece) throws(STOQError) {
        guard piece.length > 0, piece.length <= ExtensionLimits.pieceBytesMax else {
            throw .transfer(.damaged("a piece of \(piece.length) bytes"))
        }
        guard pieces.count < ExtensionLimits.piecesMax else {
            throw .transfer(.damaged("more than \(ExtensionLimits.piecesMax) pieces"))
        }
        pieces.append(piece)
        offsets.append(size)
        // 2²⁰ pieces of 8 MiB stay far below 2⁶⁴.
        size += UInt64(piece.length)
        frontier.append(piece.canonicalBytes)
    }

    /// What names the object's content: SHA-256("HM/stoq/object" ‖ size ‖ count ‖ root of the tree over the pieces).
    package var root: Digest {
        var encoder = BCSEncoder()
        encoder.encode(size)
        encoder.encode(frontier.size)
        encoder.encode(frontier.root)
        return Digest(.transferObject, encoder.bytes)
    }
}
