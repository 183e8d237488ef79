package import Canonical

/// How a run ended.
package enum JobOutcome: Sendable, Hashable {
    /// The entry function returned; the value as the virtual machine prints it, at most 64 KiB.
    case value([UInt8])
    /// The run trapped: which trap and a summary for people, as the virtual machine gives them on every node alike.
    case trap(kind: String, summary: String)

    var isWithinLimits: Bool {
        switch self {
        case .value(let bytes): bytes.count <= CatalogLimits.resultBytesMax
        case .trap(let kind, let summary):
            kind.utf8.count <= CatalogLimits.nameBytesMax && summary.utf8.count <= CatalogLimits.trapBytesMax
        }
    }
}

extension JobOutcome: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        switch self {
        case .value(let bytes):
            encoder.encodeVariant(0)
            encoder.encodeBytes(bytes)
        case .trap(let kind, let summary):
            encoder.encodeVariant(1)
            encoder.encode(kind)
            encoder.encode(summary)
        }
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let offset = decoder.offset
        let index = try decoder.decodeVariant()
        switch index {
        case 0:
            self = .value(try decoder.decodeBytes(limit: CatalogLimits.resultBytesMax))
        case 1:
            let kind = try decoder.decodeString(limit: CatalogLimits.nameBytesMax)
            self = .trap(kind: kind, summary: try decoder.decodeString(limit: CatalogLimits.trapBytesMax))
        default:
            throw .unknownVariant(offset: offset, type: "JobOutcome", index: index)
        }
    }
}
