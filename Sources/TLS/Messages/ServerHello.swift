/// RFC 8446 §4.1.3; a HelloRetryRequest (§4.1.4) is one with a special random.
struct ServerHello: Sendable, Equatable {
    /// SHA-256 of "HelloRetryRequest".
    static let retryRandom = HashAlgorithm.sha256.digest("HelloRetryRequest".utf8)

    var random: [UInt8]
    var sessionID: [UInt8]
    var cipherSuite: UInt16
    var extensions: ExtensionList

    var isRetryRequest: Bool { random == Self.retryRandom }

    init(random: [UInt8], sessionID: [UInt8], cipherSuite: UInt16, extensions: ExtensionList) {
        self.random = random
        self.sessionID = sessionID
        self.cipherSuite = cipherSuite
        self.extensions = extensions
    }

    /// Parses a body and refuses everything but a TLS 1.3 hello.
    init(_ body: [UInt8]) throws(TLSError) {
        var reader = ByteReader(body)
        let version = try reader.uint16("legacy_version")
        random = try reader.take(32, "random")
        sessionID = try reader.vector8("legacy_session_id_echo", 0...32)
        cipherSuite = try reader.uint16("cipher_suite")
        let compression = try reader.uint8("legacy_compression_method")
        guard !reader.isAtEnd else { throw .protocolVersion }
        let home: ExtensionHome = random == Self.retryRandom ? .helloRetryRequest : .serverHello
        extensions = try ExtensionList(try reader.vector16("extensions"), in: home)
        try reader.finish("ServerHello")
        guard let selected = extensions[.supportedVersions] else { throw .protocolVersion }
        guard selected.count == 2 else { throw .decode("supported_versions") }
        guard selected == [0x03, 0x04] else { throw .illegalParameter("selected version") }
        guard version == 0x0303 else { throw .illegalParameter("legacy_version") }
        guard compression == 0 else { throw .illegalParameter("compression method") }
    }

    func message() throws(TLSError) -> HandshakeMessage {
        var writer = ByteWriter()
        writer.uint16(0x0303)
        writer.append(random)
        writer.vector8(sessionID)
        writer.uint16(cipherSuite)
        writer.uint8(0)
        extensions.write(to: &writer)
        return try HandshakeMessage(.serverHello, writer)
    }

    /// A ServerHello's share; absent is refused.
    func keyShare() throws(TLSError) -> KeyShareEntry {
        guard let body = extensions[.keyShare] else { throw .missingExtension("key_share") }
        var reader = ByteReader(body)
        let entry = try KeyShareEntry(&reader)
        try reader.finish("key_share")
        return entry
    }

    /// The index of the ticket that the server took, if it took one.
    func selectedIdentity() throws(TLSError) -> UInt16? {
        guard let body = extensions[.preSharedKey] else { return nil }
        var reader = ByteReader(body)
        let index = try reader.uint16("selected_identity")
        try reader.finish("pre_shared_key")
        return index
    }

    /// A HelloRetryRequest's group, if it names one.
    func requestedGroup() throws(TLSError) -> NamedGroup? {
        guard let body = extensions[.keyShare] else { return nil }
        var reader = ByteReader(body)
        let group = NamedGroup(rawValue: try reader.uint16("selected group"))
        try reader.finish("key_share")
        return group
    }
}
