package import Canonical

/// What an operation is about: the row of the policy table that it falls under. The raw value is the index of the
/// operation's variant.
package enum OperationKind: UInt8, Sendable, Hashable, CaseIterable {
    case registerIdentity
    case updatePlot
    case trust
    case transfer
    case offerAssets
    case withdrawOffer
    case publishProgram
    case yankProgram
    case submitJob
    case commitReceipt
    case revealReceipt
    case reportEvidence
    case setPolicy
    case bond
}

extension OperationKind: Comparable {
    package static func < (left: OperationKind, right: OperationKind) -> Bool { left.rawValue < right.rawValue }
}

extension OperationKind: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) { encoder.encodeVariant(UInt32(rawValue)) }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let offset = decoder.offset
        let index = try decoder.decodeVariant()
        guard let raw = UInt8(exactly: index), let kind = OperationKind(rawValue: raw) else {
            throw .unknownVariant(offset: offset, type: "OperationKind", index: index)
        }
        self = kind
    }
}
