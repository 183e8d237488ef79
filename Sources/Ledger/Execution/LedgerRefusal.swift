package import Caesar
package import Canonical
package import Catalog
package import Satchel

/// Why an operation was refused.
package enum LedgerRefusal: Error, Sendable, Hashable {
    /// The payload is not an operation.
    case malformed(BCSError)
    /// The envelope's kind is not that of the operation in it.
    case kindMismatch(envelope: UInt16, operation: OperationKind)
    /// The block is later than the operation allows.
    case expired(height: UInt64, last: UInt64)
    case wrongSequence(have: UInt64, next: UInt64)
    /// Nothing is known of this identity.
    case unknownIdentity(NodeID)
    case identityExists(NodeID)
    /// The public key is not one of FALCON-1024.
    case invalidPublicKey
    /// The subject is not the holder of the key that it registers.
    case subjectMismatch(NodeID)
    /// The plot's audit does not show that the plot was filled by the rule.
    case invalidPlotAudit
    case sponsorRequired(bond: Amount)
    case sponsorshipExpired(last: UInt64)
    case sponsorBondTooSmall(have: Amount, need: Amount)
    case invalidSponsorSignature(NodeID)
    case noOffer(NodeID)
    /// The policy changes only by governance, which does not exist yet.
    case policyIsFixed
    case evidenceKnown(Digest)
    /// The evidence breaks this rule.
    case invalidEvidence(String)
    case caesar(CaesarError)
    case catalog(CatalogError)
    case satchel(SatchelError)
    /// TrustChain refused.
    case trust(String)
    /// A stored value cannot be read: the state is damaged.
    case corruptState(BCSError)
}

extension LedgerRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let error): "malformed operation: \(error)"
        case .kindMismatch(let envelope, let operation):
            "the envelope says kind \(envelope), the operation is \(operation)"
        case .expired(let height, let last): "the operation may stand up to block \(last), this is \(height)"
        case .wrongSequence(let have, let next): "sequence \(have) where \(next) is next"
        case .unknownIdentity(let node): "identity \(node.shortDescription) is not registered"
        case .identityExists(let node): "identity \(node.shortDescription) is registered already"
        case .invalidPublicKey: "the public key is not a FALCON-1024 key"
        case .subjectMismatch(let node): "the key does not belong to subject \(node.shortDescription)"
        case .invalidPlotAudit: "the plot's audit does not show that it was filled by the rule"
        case .sponsorRequired(let bond): "registering needs a sponsor's bond of \(bond) CAES"
        case .sponsorshipExpired(let last): "the sponsorship held up to block \(last)"
        case .sponsorBondTooSmall(let have, let need): "the sponsor bonds \(have) CAES, policy asks \(need)"
        case .invalidSponsorSignature(let node): "the sponsorship is not signed by \(node.shortDescription)"
        case .noOffer(let node): "\(node.shortDescription) offers no assets"
        case .policyIsFixed: "the policy was set by genesis and changes only by governance"
        case .evidenceKnown(let digest): "evidence \(digest.shortDescription) is recorded already"
        case .invalidEvidence(let rule): "invalid evidence: \(rule)"
        case .caesar(let error): error.description
        case .catalog(let error): error.description
        case .satchel(let error): error.description
        case .trust(let text): text
        case .corruptState(let error): "the state is damaged: \(error)"
        }
    }
}
