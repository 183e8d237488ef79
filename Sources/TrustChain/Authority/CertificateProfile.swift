/// What kinds of certificates an authority issues, and what each may say.
package enum CertificateProfile: String, Sendable, Hashable, CaseIterable {
    /// An authority that signs itself.
    case root
    /// An authority under another one; also the cross-certificate of another mesh's root.
    case intermediate
    /// A machine of the mesh, named by its key.
    case node
    /// A named service; short-lived.
    case service
    /// A person or a person's device, named by its key.
    case person
    /// A publisher of packages, named by its key.
    case codeSigning = "code-signing"

    private static let day: Int64 = 86_400

    /// How long a certificate holds when nothing else is asked for, in seconds.
    package var lifetimeSecondsDefault: Int64 {
        switch self {
        case .root: 3650 * Self.day
        case .intermediate: 1095 * Self.day
        case .node: 90 * Self.day
        case .service: Self.day
        case .person, .codeSigning: 365 * Self.day
        }
    }

    /// The longest lifetime that may be asked for, in seconds.
    package var lifetimeSecondsMax: Int64 {
        switch self {
        case .root: 7300 * Self.day
        case .intermediate: 1825 * Self.day
        case .node, .person, .codeSigning: 398 * Self.day
        case .service: Self.day
        }
    }

    package var isAuthority: Bool { self == .root || self == .intermediate }

    package var keyUsage: KeyUsage {
        isAuthority ? [.certificateSigning, .revocationListSigning] : .digitalSignature
    }

    /// Empty for authorities: what they certify may have any purpose.
    package var purposes: [OID] {
        switch self {
        case .root, .intermediate: []
        case .node, .service: [.serverAuthentication, .clientAuthentication]
        case .person: [.clientAuthentication]
        case .codeSigning: [.codeSigning]
        }
    }

    /// Whether the certificate names the holder of the key: `hypermesh://<NodeID>`.
    package var carriesIdentity: Bool {
        switch self {
        case .node, .person, .codeSigning: true
        case .root, .intermediate, .service: false
        }
    }

    /// The profile under which a certificate was issued; nil when it fits none.
    package init?(of certificate: Certificate) {
        let extensions = certificate.extensions
        let hasIdentity = extensions.names.contains { $0.identity != nil }
        let profile = CertificateProfile.allCases.first { profile in
            profile.isAuthority == certificate.isAuthority
                && profile.keyUsage == extensions.keyUsage
                && profile.purposes == extensions.extendedKeyUsage?.purposes ?? []
                && profile.carriesIdentity == hasIdentity
                && (profile == .root) == certificate.isSelfIssued
        }
        guard let profile else { return nil }
        self = profile
    }
}
