package import Canonical

/// Where a job stands.
package enum JobPhase: Sendable, Hashable {
    /// Providers run it and commit to their receipts.
    case committing
    /// Receipts are being opened; no commitment is taken any more.
    case revealing
    /// A majority agreed and was paid.
    case settled(JobSettlement)
    /// No majority agreed in time; everything went back to the requester.
    case failed(JobFailure)

    /// Whether nothing can change any more.
    package var isFinal: Bool {
        switch self {
        case .committing, .revealing: false
        case .settled, .failed: true
        }
    }

    /// One word for people.
    package var name: String {
        switch self {
        case .committing: "committing"
        case .revealing: "revealing"
        case .settled: "settled"
        case .failed: "failed"
        }
    }
}

extension JobPhase: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        switch self {
        case .committing: encoder.encodeVariant(0)
        case .revealing: encoder.encodeVariant(1)
        case .settled(let settlement):
            encoder.encodeVariant(2)
            encoder.encode(settlement)
        case .failed(let failure):
            encoder.encodeVariant(3)
            encoder.encode(failure)
        }
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let offset = decoder.offset
        let index = try decoder.decodeVariant()
        switch index {
        case 0: self = .committing
        case 1: self = .revealing
        case 2: self = .settled(try decoder.decode(JobSettlement.self))
        case 3: self = .failed(try decoder.decode(JobFailure.self))
        default: throw .unknownVariant(offset: offset, type: "JobPhase", index: index)
        }
    }
}
