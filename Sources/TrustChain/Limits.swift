/// Static limits of TrustChain: what is larger is refused before it is looked at.
package enum Limits {
    /// Largest certificate, request or private-key file in bytes of DER.
    package static let certificateBytesMax = 64 << 10
    /// Largest revocation list in bytes of DER.
    package static let revocationListBytesMax = 16 << 20
    /// Largest PEM text in bytes.
    package static let pemBytesMax = 32 << 20
    /// Extensions in one certificate, names in one extension.
    package static let extensionsMax = 64
    package static let namesMax = 256
    /// Certificates from the leaf to the anchor, both counted.
    package static let chainLengthMax = 8
    /// Signatures checked while one chain is looked for (hostile sets of certificates can have many paths).
    package static let signatureChecksMax = 64
    /// Certificates that a chain may be built from, besides the anchors.
    package static let intermediatesMax = 64
    /// Largest memory that a key file's scrypt parameters may ask for, in bytes.
    package static let keyDerivationBytesMax = 256 << 20
}
