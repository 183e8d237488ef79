package import Canonical

/// Why a certificate was revoked (RFC 5280 §5.3.1). A certificate that is only on hold can come back into force, so
/// the ledger, where revocation is final, does not use holds.
package enum RevocationReason: UInt8, Sendable, Hashable, CaseIterable {
    case unspecified = 0
    case keyCompromise = 1
    case authorityCompromise = 2
    case affiliationChanged = 3
    case superseded = 4
    case cessationOfOperation = 5
    case certificateHold = 6
    case removeFromList = 8
    case privilegeWithdrawn = 9
    case attributeAuthorityCompromise = 10
}

extension RevocationReason: CustomStringConvertible {
    /// RFC 5280's name.
    package var description: String {
        switch self {
        case .unspecified: "unspecified"
        case .keyCompromise: "keyCompromise"
        case .authorityCompromise: "cACompromise"
        case .affiliationChanged: "affiliationChanged"
        case .superseded: "superseded"
        case .cessationOfOperation: "cessationOfOperation"
        case .certificateHold: "certificateHold"
        case .removeFromList: "removeFromCRL"
        case .privilegeWithdrawn: "privilegeWithdrawn"
        case .attributeAuthorityCompromise: "aACompromise"
        }
    }

    /// The reason of this name.
    package init?(named name: String) {
        guard let reason = RevocationReason.allCases.first(where: { $0.description == name }) else { return nil }
        self = reason
    }
}

extension RevocationReason: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) { encoder.encode(rawValue) }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let start = decoder.offset
        let value = try decoder.decode(UInt8.self)
        guard let reason = RevocationReason(rawValue: value) else {
            throw .invalidTag(offset: start, value: value)
        }
        self = reason
    }
}
