import SwiftASN1

/// Counts the lists of an issuer (RFC 5280 §5.2.3).
struct RevocationListNumber: CertificateExtensionValue {
    let number: UInt64

    static let identifier = OID.revocationListNumber

    init(number: UInt64) {
        self.number = number
    }

    init(_ node: ASN1Node) throws(TrustChainError) {
        number = try node.unsigned(structure: "revocation list number")
    }

    func serialize(into serializer: inout DER.Serializer) {
        serializer.integer(number)
    }
}

/// Why a certificate was revoked (RFC 5280 §5.3.1).
struct ReasonCode: CertificateExtensionValue {
    let reason: RevocationReason

    static let identifier = OID.reasonCode

    init(reason: RevocationReason) {
        self.reason = reason
    }

    init(_ node: ASN1Node) throws(TrustChainError) {
        let bytes = try node.magnitude(.enumerated, structure: "reason code")
        guard bytes.count <= 1, let reason = RevocationReason(rawValue: bytes.first ?? 0) else {
            throw .malformed(structure: "reason code", reason: "no reason has this code")
        }
        self.reason = reason
    }

    func serialize(into serializer: inout DER.Serializer) {
        serializer.integer(UInt64(reason.rawValue), identifier: .enumerated)
    }
}

/// Which certificates of its issuer a list is about: those with this distribution point (RFC 5280 §5.2.5). Other
/// scopes are refused.
struct IssuingDistributionPoint: CertificateExtensionValue {
    let uri: String

    static let identifier = OID.issuingDistributionPoint
    private static let structure = "issuing distribution point"

    init(uri: String) {
        self.uri = uri
    }

    init(_ node: ASN1Node) throws(TrustChainError) {
        var reader = try DERReader(node, structure: Self.structure)
        guard let place = try reader.nextIfExplicit(0), place.identifier == .context(0), reader.isAtEnd,
            case .uri(let text) = try GeneralName.list(place, .context(0), structure: Self.structure)[0]
        else { throw .malformed(structure: Self.structure, reason: "only a scope given by one URI is read") }
        uri = text
    }

    func serialize(into serializer: inout DER.Serializer) {
        serializer.sequence { $0.tagged(0) { $0.tagged(0) { GeneralName.uri(uri).serialize(into: &$0) } } }
    }
}
