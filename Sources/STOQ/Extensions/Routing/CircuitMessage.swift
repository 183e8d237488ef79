import Canonical

/// What goes over a circuit's streams. Relays look at the kind and the length of a message, and pass it on as it is.
enum CircuitMessage: Hashable, CanonicalCodable {
    /// A piece of the ends' own encrypted stream.
    case data([UInt8])
    /// No data follow in this direction.
    case end
    /// From a relay to the origin, after the other end's `end`: what it carried.
    case receipt(HopReceipt)

    func encode(to encoder: inout BCSEncoder) {
        switch self {
        case .data(let bytes):
            encoder.encodeVariant(0)
            encoder.encodeBytes(bytes)
        case .end: encoder.encodeVariant(1)
        case .receipt(let receipt):
            encoder.encodeVariant(2)
            encoder.encode(receipt)
        }
    }

    init(from decoder: inout BCSDecoder) throws(BCSError) {
        let start = decoder.offset
        let variant = try decoder.decodeVariant()
        switch variant {
        case 0: self = .data(try decoder.decodeBytes(limit: ExtensionLimits.circuitDataBytesMax))
        case 1: self = .end
        case 2: self = .receipt(try decoder.decode())
        default: throw .unknownVariant(offset: start, type: "CircuitMessage", index: variant)
        }
    }

    /// Bytes of data in an encoded message, without decoding it; nil for other kinds.
    static func dataBytes(_ message: [UInt8]) -> Int? {
        guard message.first == 0 else { return nil }
        var decoder = BCSDecoder(message)
        guard (try? decoder.decodeVariant()) != nil else { return nil }
        return try? decoder.decodeLength(limit: ExtensionLimits.circuitDataBytesMax)
    }
}
