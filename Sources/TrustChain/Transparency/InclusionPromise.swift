package import Canonical

/// The ledger's word that a certificate is in the transparency log: what a signed certificate timestamp is in
/// RFC 6962. It needs no signature of its own, because the place it names is checked against the log head in the
/// replicated state.
package struct InclusionPromise: Sendable, Hashable {
    package enum Place: Sendable, Hashable {
        /// Index of the entry in the log.
        case leaf(UInt64)
        /// The final operation that appended the entry, while its index is not known yet.
        case operation(OperationID)
    }

    package let logID: Digest
    /// Time of the block with the entry.
    package let timestamp: Timestamp
    package let place: Place

    package init(logID: Digest, timestamp: Timestamp, place: Place) {
        self.logID = logID
        self.timestamp = timestamp
        self.place = place
    }
}

extension InclusionPromise: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(logID)
        encoder.encode(timestamp)
        switch place {
        case .leaf(let index):
            encoder.encodeVariant(0)
            encoder.encode(index)
        case .operation(let id):
            encoder.encodeVariant(1)
            encoder.encode(id)
        }
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        logID = try decoder.decode()
        timestamp = try decoder.decode()
        let start = decoder.offset
        switch try decoder.decodeVariant() {
        case 0: place = .leaf(try decoder.decode())
        case 1: place = .operation(try decoder.decode())
        case let index: throw .unknownVariant(offset: start, type: "InclusionPromise", index: index)
        }
    }
}
