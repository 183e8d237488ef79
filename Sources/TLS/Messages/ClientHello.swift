/// RFC 8446 §4.1.2.
struct ClientHello: Sendable, Equatable {
    var random: [UInt8]
    var sessionID: [UInt8]
    var cipherSuites: [UInt16]
    var extensions: ExtensionList

    init(random: [UInt8], sessionID: [UInt8], cipherSuites: [UInt16], extensions: ExtensionList) {
        self.random = random
        self.sessionID = sessionID
        self.cipherSuites = cipherSuites
        self.extensions = extensions
    }

    /// Parses a body and refuses everything but a TLS 1.3 hello.
    init(_ body: [UInt8]) throws(TLSError) {
        var reader = ByteReader(body)
        _ = try reader.uint16("legacy_version")
        random = try reader.take(32, "random")
        sessionID = try reader.vector8("legacy_session_id", 0...32)
        cipherSuites = try ByteReader.uint16List(try reader.vector16("cipher_suites", 2...0xFFFE), "cipher_suites")
        let compressions = try reader.vector8("legacy_compression_methods", 1...255)
        // Older versions end here; they are told the version before anything else is wrong with them.
        guard !reader.isAtEnd else { throw .protocolVersion }
        extensions = try ExtensionList(try reader.vector16("extensions"), in: .clientHello)
        try reader.finish("ClientHello")
        guard try offersTLS13() else { throw .protocolVersion }
        guard compressions == [0] else { throw .illegalParameter("compression methods") }
        if let last = extensions.entries.last, extensions[.preSharedKey] != nil, last.type != .preSharedKey {
            throw .illegalParameter("pre_shared_key is not the last extension")
        }
        if let body = extensions[.earlyData], !body.isEmpty { throw .decode("early_data of a client is not empty") }
        if extensions[.preSharedKey] != nil, extensions[.pskKeyExchangeModes] == nil {
            throw .missingExtension("psk_key_exchange_modes")
        }
    }

    func message() throws(TLSError) -> HandshakeMessage {
        var writer = ByteWriter()
        writer.uint16(0x0303)
        writer.append(random)
        writer.vector8(sessionID)
        writer.vector16 { suites in cipherSuites.forEach { suites.uint16($0) } }
        writer.vector8([0])
        extensions.write(to: &writer)
        return try HandshakeMessage(.clientHello, writer)
    }

    private func offersTLS13() throws(TLSError) -> Bool {
        guard let body = extensions[.supportedVersions] else { return false }
        var reader = ByteReader(body)
        let versions = try ByteReader.uint16List(try reader.vector8("versions", 2...254), "supported_versions")
        try reader.finish("supported_versions")
        return versions.contains(0x0304)
    }

    /// Groups in supported_groups; absent is refused.
    func supportedGroups() throws(TLSError) -> [NamedGroup] {
        try uint16List(.supportedGroups, "supported_groups").map { NamedGroup(rawValue: $0) }
    }

    /// Schemes in signature_algorithms; absent is refused.
    func signatureSchemes() throws(TLSError) -> [SignatureScheme] {
        try uint16List(.signatureAlgorithms, "signature_algorithms").map { SignatureScheme(rawValue: $0) }
    }

    /// The key shares, each of a group in supported_groups; an absent extension is refused.
    func keyShares() throws(TLSError) -> [KeyShareEntry] {
        guard let body = extensions[.keyShare] else { throw .missingExtension("key_share") }
        let groups = try supportedGroups()
        let shares = try KeyShareEntry.list(body)
        guard shares.allSatisfy({ groups.contains($0.group) }) else {
            throw .illegalParameter("key share of a group that is not in supported_groups")
        }
        return shares
    }

    /// The offered application protocols, or nil without ALPN.
    func applicationProtocols() throws(TLSError) -> [[UInt8]]? {
        guard let body = extensions[.applicationProtocol] else { return nil }
        return try ApplicationProtocolList.decode(body)
    }

    /// The DNS name in server_name, or nil without one (RFC 6066 §3).
    func serverName() throws(TLSError) -> String? {
        guard let body = extensions[.serverName] else { return nil }
        var outer = ByteReader(body)
        var reader = ByteReader(try outer.vector16("server names", 1...0xFFFF))
        try outer.finish("server_name")
        let type = try reader.uint8("name type")
        let name = try reader.vector16("host name", 1...0xFFFF)
        try reader.finish("server_name")
        guard type == 0, name.count <= 255, name.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .illegalParameter("server_name is no DNS name")
        }
        return String(decoding: name, as: UTF8.self)
    }

    /// Whether the client resumes with a fresh key exchange (psk_dhe_ke, RFC 8446 §4.2.9), the only way taken here.
    func acceptsResumption() throws(TLSError) -> Bool {
        guard let body = extensions[.pskKeyExchangeModes] else { return false }
        var reader = ByteReader(body)
        let modes = try reader.vector8("psk_key_exchange_modes", 1...255)
        try reader.finish("psk_key_exchange_modes")
        return modes.contains(1)
    }

    /// The cookie, or nil without one.
    func cookie() throws(TLSError) -> [UInt8]? {
        guard let body = extensions[.cookie] else { return nil }
        var reader = ByteReader(body)
        let cookie = try reader.vector16("cookie", 1...0xFFFF)
        try reader.finish("cookie")
        return cookie
    }

    private func uint16List(_ type: ExtensionType, _ field: String) throws(TLSError) -> [UInt16] {
        guard let body = extensions[type] else { throw .missingExtension(field) }
        var reader = ByteReader(body)
        let list = try ByteReader.uint16List(try reader.vector16(field, 2...0xFFFE), field)
        try reader.finish(field)
        return list
    }
}
