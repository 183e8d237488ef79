extension OID {
    /// FALCON-1024, round 3, padded signatures: a private-use identifier of the Open Quantum Safe project
    /// (oqs-provider), not a standardised one.
    package static let falcon1024Padded = OID(1, 3, 9999, 3, 19)

    // Attributes of distinguished names (X.520).
    package static let commonName = OID(2, 5, 4, 3)
    package static let countryName = OID(2, 5, 4, 6)
    package static let localityName = OID(2, 5, 4, 7)
    package static let organizationName = OID(2, 5, 4, 10)
    package static let organizationalUnitName = OID(2, 5, 4, 11)

    // Extensions (RFC 5280 §4.2, §5.2, §5.3).
    package static let subjectKeyIdentifier = OID(2, 5, 29, 14)
    package static let keyUsage = OID(2, 5, 29, 15)
    package static let subjectAlternativeName = OID(2, 5, 29, 17)
    package static let basicConstraints = OID(2, 5, 29, 19)
    package static let revocationListNumber = OID(2, 5, 29, 20)
    package static let reasonCode = OID(2, 5, 29, 21)
    package static let issuingDistributionPoint = OID(2, 5, 29, 28)
    package static let nameConstraints = OID(2, 5, 29, 30)
    package static let revocationListDistributionPoints = OID(2, 5, 29, 31)
    package static let authorityKeyIdentifier = OID(2, 5, 29, 35)
    package static let extendedKeyUsage = OID(2, 5, 29, 37)
    /// RFC 6962 §3.3.
    package static let signedCertificateTimestamps = OID(1, 3, 6, 1, 4, 1, 11129, 2, 4, 2)

    // Purposes of keys (RFC 5280 §4.2.1.12).
    package static let serverAuthentication = OID(1, 3, 6, 1, 5, 5, 7, 3, 1)
    package static let clientAuthentication = OID(1, 3, 6, 1, 5, 5, 7, 3, 2)
    package static let codeSigning = OID(1, 3, 6, 1, 5, 5, 7, 3, 3)
    package static let anyExtendedKeyUsage = OID(2, 5, 29, 37, 0)

    /// Attribute of a request that carries the extensions it asks for (RFC 2985 §5.4.2).
    package static let extensionRequest = OID(1, 2, 840, 113549, 1, 9, 14)

    // Password-based encryption (RFC 8018 §6.2, RFC 7914 §7, RFC 5084 §3.2).
    package static let passwordBasedEncryption2 = OID(1, 2, 840, 113549, 1, 5, 13)
    package static let scrypt = OID(1, 3, 6, 1, 4, 1, 11591, 4, 11)
    package static let aes256GCM = OID(2, 16, 840, 1, 101, 3, 4, 1, 46)
}
