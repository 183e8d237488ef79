package import Canonical

/// Why TrustChain refused bytes, a chain, a request or an operation.
package enum TrustChainError: Error, Sendable, Hashable {
    // Bytes

    /// `structure` cannot be read; `reason` says where it breaks its format.
    case malformed(structure: String, reason: String)
    /// `structure` can be read, but its bytes are not the one encoding that DER allows.
    case notDistinguished(structure: String)
    /// `structure` exceeds its static limit.
    case tooLarge(structure: String, count: Int, limit: Int)
    /// A PEM block of another kind than expected.
    case wrongLabel(expected: String, found: String)
    case unsupportedVersion(structure: String)
    /// A key or signature algorithm (dotted object identifier) that TrustChain does not know.
    case unsupportedAlgorithm(String)
    /// The algorithm inside the signed part differs from the one beside the signature.
    case algorithmMismatch
    /// A FALCON key or signature of the wrong form.
    case invalidKey
    case duplicateExtension(String)

    // Chains

    /// No anchor and no given certificate is the issuer of `subject`.
    case unknownIssuer(subject: String)
    /// The chain ends in a self-signed certificate that is no anchor.
    case selfSignedUntrusted(subject: String)
    case badSignature(subject: String)
    case expired(subject: String, at: CertificateTime)
    case notYetValid(subject: String, until: CertificateTime)
    case revoked(serial: SerialNumber, reason: RevocationReason)
    /// A certificate signs others without being an authority.
    case notAuthority(subject: String)
    /// More intermediate authorities follow than an authority's path length allows.
    case pathLengthExceeded(subject: String, limit: Int)
    case chainTooLong(limit: Int)
    /// More candidate paths than the verifier is willing to try.
    case tooManyCandidates(limit: Int)
    case keyUsageMissing(subject: String, usage: KeyUsage)
    case purposeMissing(subject: String, purpose: String)
    case nameNotPermitted(String)
    case nameExcluded(String)
    /// A name constraint of a form that cannot be judged, so nothing below it can be trusted.
    case nameConstraintUnsupported(String)
    case nameMismatch(expected: String)
    case nodeMismatch(expected: NodeID, found: NodeID)
    case unknownCriticalExtension(String)
    /// The certificate names a node which is not the hash of its key.
    case identityNotOfKey(String)

    // Revocation lists

    case revocationListFromOther(issuer: String)
    case revocationListExpired(at: CertificateTime)

    // Issuing

    case requestRefused(RequestRefusal)
    case serialNotRandom
    case keyNotOfCertificate
    case renewalRefused(RenewalRefusal)

    // Key files

    case passphraseNeeded
    case wrongPassphrase
    case keyDerivationTooCostly(bytes: Int, limit: Int)
    case signingFailed

    // Transparency

    /// No promise or proof that the certificate is in the log.
    case notLogged(serial: SerialNumber)
    case logProofInvalid(String)
    case otherLog

    // Ledger

    case genesisOnly
    case notAuthorized(subject: NodeID)
    case authorityExists
    case unknownAuthority(keyIdentifier: String)
    case serialTaken(SerialNumber)
    case notRecorded(SerialNumber)
    case alreadyRevoked(SerialNumber)
    /// A reason under which a certificate can come back into force.
    case revocationNotFinal(RevocationReason)
    /// A certificate that no profile of this mesh fits.
    case unknownProfile(subject: String)
    /// The replicated state holds bytes that it can never have written.
    case stateCorrupt(String)
}
