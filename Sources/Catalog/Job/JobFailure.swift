package import Canonical

/// Why a job ended without a result.
package enum JobFailure: UInt8, Sendable, Hashable {
    /// Fewer receipts than a majority came in time.
    case tooFewReceipts
    /// Receipts came, but no majority agreed.
    case disagreement
}

extension JobFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooFewReceipts: "too few providers delivered in time"
        case .disagreement: "no majority of the providers agreed on the result"
        }
    }
}

extension JobFailure: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) { encoder.encodeVariant(UInt32(rawValue)) }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let offset = decoder.offset
        let index = try decoder.decodeVariant()
        guard let raw = UInt8(exactly: index), let failure = JobFailure(rawValue: raw) else {
            throw .unknownVariant(offset: offset, type: "JobFailure", index: index)
        }
        self = failure
    }
}
