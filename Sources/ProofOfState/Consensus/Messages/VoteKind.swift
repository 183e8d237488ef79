package import Canonical

/// What a vote says.
package enum VoteKind: UInt8, Sendable, Hashable, CaseIterable {
    /// "This block may follow": at most once a view.
    case notarize = 0
    /// "This view has no final block": never together with `finalize`.
    case nullify = 1
    /// "This block is final, should a quorum say so."
    case finalize = 2

    package var statementKind: SignedStatement.Kind {
        switch self {
        case .notarize: .notarize
        case .nullify: .nullify
        case .finalize: .finalize
        }
    }
}

extension VoteKind: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) { encoder.encodeVariant(UInt32(rawValue)) }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let offset = decoder.offset
        let index = try decoder.decodeVariant()
        guard let raw = UInt8(exactly: index), let kind = VoteKind(rawValue: raw) else {
            throw .unknownVariant(offset: offset, type: "VoteKind", index: index)
        }
        self = kind
    }
}
