package import Canonical

/// What the ledger can be asked to do about certificates. Certificates travel as DER and are read when the operation
/// is applied, so that a refusal can say what is wrong with them.
package enum TrustOperation: Sendable, Hashable {
    /// Trusts a root authority; at genesis only.
    case registerAuthority(certificate: [UInt8])
    /// Records a certificate that a registered authority signed.
    case issueCertificate([UInt8])
    /// Records a certificate that takes the place of the same authority's `replaces`.
    case renewCertificate([UInt8], replaces: SerialNumber)
    /// Ends a certificate for good.
    case revokeCertificate(authority: AuthorityID, serial: SerialNumber, reason: RevocationReason)
}

extension TrustOperation: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        switch self {
        case .registerAuthority(let certificate):
            encoder.encodeVariant(0)
            encoder.encodeBytes(certificate)
        case .issueCertificate(let certificate):
            encoder.encodeVariant(1)
            encoder.encodeBytes(certificate)
        case .renewCertificate(let certificate, let replaces):
            encoder.encodeVariant(2)
            encoder.encodeBytes(certificate)
            encoder.encode(replaces)
        case .revokeCertificate(let authority, let serial, let reason):
            encoder.encodeVariant(3)
            encoder.encode(authority)
            encoder.encode(serial)
            encoder.encode(reason)
        }
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let start = decoder.offset
        let limit = Limits.certificateBytesMax
        switch try decoder.decodeVariant() {
        case 0: self = .registerAuthority(certificate: try decoder.decodeBytes(limit: limit))
        case 1: self = .issueCertificate(try decoder.decodeBytes(limit: limit))
        case 2: self = .renewCertificate(try decoder.decodeBytes(limit: limit), replaces: try decoder.decode())
        case 3:
            self = .revokeCertificate(
                authority: try decoder.decode(), serial: try decoder.decode(), reason: try decoder.decode())
        case let index: throw .unknownVariant(offset: start, type: "TrustOperation", index: index)
        }
    }
}
