package import Canonical

/// What the two ends of a transfer say.
package enum TransferMessage: Sendable, Hashable, CanonicalCodable {
    /// A run of pieces by their numbers.
    package struct Span: Sendable, Hashable, CanonicalCodable {
        package var first: UInt32
        package var count: UInt32

        package func encode(to encoder: inout BCSEncoder) {
            encoder.encode(first)
            encoder.encode(count)
        }

        package init(from decoder: inout BCSDecoder) throws(BCSError) {
            first = try decoder.decode()
            count = try decoder.decode()
        }

        package init(first: UInt32, count: UInt32) {
            self.first = first
            self.count = count
        }
    }

    /// Sender: what it has.
    case offer(TransferOffer)
    /// Sender: the next pieces of the list.
    case list([Piece])
    /// Receiver: what it lacks, or wants again.
    case need([Span])
    /// Sender: a piece's bytes.
    case piece(index: UInt32, bytes: [UInt8])
    /// Receiver: the object is whole and durable.
    case done(TransferSummary)
    /// Receiver: it does not take the object.
    case refused(ServiceFailure)

    package func encode(to encoder: inout BCSEncoder) {
        switch self {
        case .offer(let offer):
            encoder.encodeVariant(0)
            encoder.encode(offer)
        case .list(let pieces):
            encoder.encodeVariant(1)
            encoder.encode(pieces)
        case .need(let spans):
            encoder.encodeVariant(2)
            encoder.encode(spans)
        case .piece(let index, let bytes):
            encoder.encodeVariant(3)
            encoder.encode(index)
            encoder.encodeBytes(bytes)
        case .done(let summary):
            encoder.encodeVariant(4)
            encoder.encode(summary)
        case .refused(let failure):
            encoder.encodeVariant(5)
            encoder.encode(failure)
        }
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let start = decoder.offset
        let variant = try decoder.decodeVariant()
        switch variant {
        case 0: self = .offer(try decoder.decode())
        case 1: self = .list(try decoder.decodeArray(limit: ExtensionLimits.piecesPerMessageMax))
        case 2: self = .need(try decoder.decodeArray(limit: ExtensionLimits.rangesPerMessageMax))
        case 3:
            self = .piece(
                index: try decoder.decode(),
                bytes: try decoder.decodeBytes(limit: Int(ExtensionLimits.pieceBytesMax)))
        case 4: self = .done(try decoder.decode())
        case 5: self = .refused(try decoder.decode())
        default: throw .unknownVariant(offset: start, type: "TransferMessage", index: variant)
        }
    }
}
