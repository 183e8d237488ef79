extension TrustChainError: CustomStringConvertible {
    package var description: String {
        bytesDescription ?? chainDescription ?? issuingDescription ?? ledgerDescription
    }

    private var bytesDescription: String? {
        switch self {
        case .malformed(let structure, let reason): "\(structure) is malformed: \(reason)"
        case .notDistinguished(let structure): "\(structure) is not in the one form that DER allows"
        case .tooLarge(let structure, let count, let limit):
            "\(structure) has a size of \(count), the limit is \(limit)"
        case .wrongLabel(let expected, let found): "PEM block '\(found)' where '\(expected)' is expected"
        case .unsupportedVersion(let structure): "\(structure) is of a version that is not supported"
        case .unsupportedAlgorithm(let identifier): "algorithm \(identifier) is not supported"
        case .algorithmMismatch: "the signed algorithm differs from the one beside the signature"
        case .invalidKey: "the bytes are no FALCON-1024 key"
        case .duplicateExtension(let identifier): "extension \(identifier) stands twice"
        default: nil
        }
    }

    private var chainDescription: String? {
        switch self {
        case .unknownIssuer(let subject): "the issuer of '\(subject)' is not known"
        case .selfSignedUntrusted(let subject): "'\(subject)' signed itself and is not trusted"
        case .badSignature(let subject): "the signature of '\(subject)' is wrong"
        case .expired(let subject, let time): "'\(subject)' expired at \(time)"
        case .notYetValid(let subject, let time): "'\(subject)' is not valid before \(time)"
        case .revoked(let serial, let reason): "certificate \(serial) is revoked (\(reason))"
        case .notAuthority(let subject): "'\(subject)' is not a certificate authority"
        case .pathLengthExceeded(let subject, let limit):
            "'\(subject)' allows \(limit) intermediate authorities below it, there are more"
        case .chainTooLong(let limit): "the chain is longer than \(limit) certificates"
        case .tooManyCandidates(let limit): "no chain found within \(limit) attempts"
        case .keyUsageMissing(let subject, let usage): "the key of '\(subject)' is not meant for \(usage)"
        case .purposeMissing(let subject, let purpose): "'\(subject)' is not meant for \(purpose)"
        case .nameNotPermitted(let name): "'\(name)' lies outside the names that an authority is permitted"
        case .nameExcluded(let name): "'\(name)' is excluded by an authority"
        case .nameConstraintUnsupported(let form): "a constraint on \(form) names cannot be judged"
        case .nameMismatch(let expected): "the certificate is not for '\(expected)'"
        case .nodeMismatch(let expected, let found): "the key is that of node \(found), not of \(expected)"
        case .unknownCriticalExtension(let identifier): "critical extension \(identifier) is not known"
        case .identityNotOfKey(let name): "'\(name)' does not name the holder of the certificate's key"
        default: nil
        }
    }

    private var issuingDescription: String? {
        switch self {
        case .revocationListFromOther(let issuer): "the revocation list is from another issuer: '\(issuer)'"
        case .revocationListExpired(let time): "the revocation list ended at \(time)"
        case .requestRefused(let refusal): "request refused: \(refusal)"
        case .serialNotRandom: "a serial number needs 16 random bytes"
        case .keyNotOfCertificate: "the key does not belong to the certificate"
        case .renewalRefused(let refusal): "renewal refused: \(refusal)"
        case .passphraseNeeded: "the key file is encrypted; a passphrase is needed"
        case .wrongPassphrase: "the passphrase is wrong, or the key file was changed"
        case .keyDerivationTooCostly(let bytes, let limit):
            "the key file asks for \(bytes) bytes of memory, the limit is \(limit)"
        case .signingFailed: "the key could not sign"
        default: nil
        }
    }

    private var ledgerDescription: String {
        switch self {
        case .notLogged(let serial): "certificate \(serial) is not shown to be in the transparency log"
        case .logProofInvalid(let reason): "the transparency proof is wrong: \(reason)"
        case .otherLog: "the proof is about another log"
        case .genesisOnly: "an authority can only be registered at genesis"
        case .notAuthorized(let subject): "\(subject) may not do this"
        case .authorityExists: "the authority is registered already"
        case .unknownAuthority(let keyIdentifier): "no authority with key identifier \(keyIdentifier) is registered"
        case .serialTaken(let serial): "serial number \(serial) was issued before"
        case .notRecorded(let serial): "certificate \(serial) was never issued"
        case .alreadyRevoked(let serial): "certificate \(serial) is revoked already"
        case .revocationNotFinal(let reason): "a revocation on the ledger is final; '\(reason)' is not"
        case .unknownProfile(let subject): "'\(subject)' fits no profile of this mesh"
        case .stateCorrupt(let what): "the stored \(what) cannot be read"
        default: "refused"
        }
    }
}
