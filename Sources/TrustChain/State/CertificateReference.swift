package import Canonical

/// Names one certificate: its authority and serial number.
package struct CertificateReference: Sendable, Hashable {
    package let authority: AuthorityID
    package let serial: SerialNumber

    package init(authority: AuthorityID, serial: SerialNumber) {
        self.authority = authority
        self.serial = serial
    }
}

extension CertificateReference: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(authority)
        encoder.encode(serial)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        authority = try decoder.decode()
        serial = try decoder.decode()
    }
}
