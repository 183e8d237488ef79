package import Canonical

/// What a sender wants to transfer.
package struct TransferOffer: Sendable, Hashable, CanonicalCodable {
    package enum Purpose: Sendable, Hashable {
        /// A file of this name.
        case file(name: String)
        /// One shard of an object.
        case shard(ShardSet, index: UInt8)
    }

    package var purpose: Purpose
    /// Bytes of the object.
    package var size: UInt64
    package var pieces: UInt32
    /// `PieceList.root`.
    package var root: Digest
    /// Whether the receiver may use what it has already: pieces of an earlier try, or of a file of the same name.
    package var resumes: Bool
    /// The average size of pieces that content has cut; 0 when all have one size.
    package var cutAverage: UInt32

    package init(_ purpose: Purpose, _ list: PieceList, resumes: Bool, cutAverage: UInt32 = 0) {
        self.purpose = purpose
        size = list.size
        pieces = UInt32(clamping: list.pieces.count)
        root = list.root
        self.resumes = resumes
        self.cutAverage = cutAverage
    }

    package func encode(to encoder: inout BCSEncoder) {
        switch purpose {
        case .file(let name):
            encoder.encodeVariant(0)
            encoder.encode(name)
        case .shard(let set, let index):
            encoder.encodeVariant(1)
            encoder.encode(set)
            encoder.encode(index)
        }
        encoder.encode(size)
        encoder.encode(pieces)
        encoder.encode(root)
        encoder.encode(resumes)
        encoder.encode(cutAverage)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let start = decoder.offset
        let variant = try decoder.decodeVariant()
        switch variant {
        case 0: purpose = .file(name: try decoder.decodeString(limit: ExtensionLimits.fileNameBytesMax))
        case 1: purpose = .shard(try decoder.decode(), index: try decoder.decode())
        default: throw .unknownVariant(offset: start, type: "TransferOffer.Purpose", index: variant)
        }
        size = try decoder.decode()
        pieces = try decoder.decode()
        root = try decoder.decode()
        resumes = try decoder.decode()
        cutAverage = try decoder.decode()
    }
}
