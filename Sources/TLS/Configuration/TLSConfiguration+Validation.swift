extension TLSConfiguration {
    /// Refuses a configuration that cannot lead to a handshake.
    func validate(for role: HandshakeRole) throws(TLSError) {
        guard !cipherSuites.isEmpty else { throw .misconfigured("no cipher suites") }
        try validateGroups()
        try validateProtocols()
        switch role {
        case .client: try validateClient()
        case .server: try validateServer()
        }
        if let signer {
            guard !signer.certificateChain.isEmpty, !signer.schemes.isEmpty else {
                throw .misconfigured("the signer has no certificate or no scheme")
            }
        }
        guard verifier == nil || !signatureSchemes.isEmpty else {
            throw .misconfigured("no signature schemes accepted from the peer")
        }
        guard (quicTransportParameters?.count ?? 0) <= 32 * 1024 else {
            throw .misconfigured("QUIC transport parameters are longer than 32 KiB")
        }
    }

    private func validateGroups() throws(TLSError) {
        guard !groups.isEmpty else { throw .misconfigured("no groups") }
        let shares = keyShareGroups ?? []
        for list in [groups, shares] {
            guard list.allSatisfy(NamedGroup.supported.contains) else {
                throw .misconfigured("a group that cannot be computed")
            }
            guard Set(list).count == list.count else { throw .misconfigured("a group twice") }
        }
        guard shares.allSatisfy(groups.contains) else {
            throw .misconfigured("a key share group that is not among the groups")
        }
    }

    private func validateProtocols() throws(TLSError) {
        guard applicationProtocols.allSatisfy({ (1...255).contains($0.count) }), applicationProtocols.count <= 64 else {
            throw .misconfigured("application protocols must be at most 64 names of 1...255 bytes")
        }
        guard !isQUIC || !applicationProtocols.isEmpty else {
            throw .misconfigured("QUIC demands an application protocol (RFC 9001 §8.1)")
        }
    }

    private func validateClient() throws(TLSError) {
        guard verifier != nil else { throw .misconfigured("a client needs a verifier") }
        guard let serverName else { return }
        let name = Array(serverName.utf8)
        let isHostName = name.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ":") }
        guard (1...255).contains(name.count), isHostName, name.last != UInt8(ascii: ".") else {
            throw .misconfigured("serverName must be a DNS name without a final dot, not an address (RFC 6066 §3)")
        }
    }

    private func validateServer() throws(TLSError) {
        guard earlyDataContext.count <= 255 else { throw .misconfigured("earlyDataContext is longer than 255 bytes") }
        guard signer != nil else { throw .misconfigured("a server needs a signer") }
        guard clientAuthentication == .none || verifier != nil else {
            throw .misconfigured("client authentication needs a verifier")
        }
    }
}
