import Canonical

/// What a requester may ask for under a profile.
struct RequestPolicy {
    let profile: CertificateProfile

    /// The names to certify, or why the request is refused.
    func names(of request: CertificateRequest) throws(TrustChainError) -> [GeneralName] {
        guard profile != .root else { throw .requestRefused(.profileNotRequestable) }
        try checkExtensions(request.extensions)
        if profile != .node, profile != .service, request.subject.commonName?.isEmpty ?? true {
            throw .requestRefused(.subjectMissing)
        }
        var names: [GeneralName] = []
        if profile.carriesIdentity { names.append(.identity(try request.publicKey.nodeID())) }
        for name in request.extensions.names where !names.contains(name) {
            try check(name)
            names.append(name)
        }
        guard profile != .service || !names.isEmpty else { throw .requestRefused(.nameMissing("dns or uri")) }
        return names
    }

    /// Beside names a requester may only repeat what the profile says anyway.
    private func checkExtensions(_ extensions: CertificateExtensions) throws(TrustChainError) {
        let constraints = extensions.basicConstraints
        let isRepeated: [OID: Bool] = [
            .subjectAlternativeName: true,
            .keyUsage: extensions.keyUsage.map { $0.isSubset(of: profile.keyUsage) } ?? true,
            .extendedKeyUsage: extensions.extendedKeyUsage.map {
                Set($0.purposes).isSubset(of: profile.purposes)
            } ?? true,
            .basicConstraints: constraints.map { $0.isAuthority == profile.isAuthority } ?? true,
        ]
        if let refused = extensions.all.first(where: { isRepeated[$0.identifier] != true }) {
            throw .requestRefused(.extensionNotAllowed(refused.identifier.description))
        }
    }

    private func check(_ name: GeneralName) throws(TrustChainError) {
        switch (profile, name) {
        case (.node, .dns(let text)), (.service, .dns(let text)):
            guard NameSyntax.isDNSName(text) else { throw .requestRefused(.nameMalformed(text)) }
        case (.node, .address(let bytes)), (.service, .address(let bytes)):
            guard bytes.count == 16 else { throw .requestRefused(.nameNotAllowed(name.description)) }
        case (.service, .uri(let text)):
            guard NameSyntax.isMeshURI(text) else { throw .requestRefused(.nameMalformed(text)) }
            // An id in a name says who holds the key; a service is named by what it offers.
            guard name.identity == nil else { throw .requestRefused(.nameNotAllowed(text)) }
        case (_, .uri(let text)) where name.identity != nil:
            // Its own id was there already, so this is another's.
            throw .identityNotOfKey(text)
        case (.person, .email): break
        default: throw .requestRefused(.nameNotAllowed(name.description))
        }
    }
}
