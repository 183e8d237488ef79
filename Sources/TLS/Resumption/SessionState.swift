import Crypto

/// What a server puts, sealed, into a ticket.
struct SessionState: Sendable {
    let cipherSuite: CipherSuite
    let secret: SymmetricKey
    let issuedAtMilliseconds: UInt64
    let ageAdd: UInt32
    let serverName: String?
    let applicationProtocol: [UInt8]?
    /// SHA-256 over the client's chain; nil when it showed none.
    let peerChainHash: [UInt8]?
    /// 0-RTT data is taken only when the server's own is still the same.
    let earlyDataContext: [UInt8]

    private static let formatVersion: UInt8 = 1

    init(
        cipherSuite: CipherSuite, secret: SymmetricKey, issuedAtMilliseconds: UInt64, ageAdd: UInt32,
        serverName: String?, applicationProtocol: [UInt8]?, peerChainHash: [UInt8]?, earlyDataContext: [UInt8]
    ) {
        self.cipherSuite = cipherSuite
        self.secret = secret
        self.issuedAtMilliseconds = issuedAtMilliseconds
        self.ageAdd = ageAdd
        self.serverName = serverName
        self.applicationProtocol = applicationProtocol
        self.peerChainHash = peerChainHash
        self.earlyDataContext = earlyDataContext
    }

    init(_ bytes: [UInt8]) throws(TLSError) {
        var reader = ByteReader(bytes)
        guard try reader.uint8("version") == Self.formatVersion,
            let suite = CipherSuite(rawValue: try reader.uint16("cipher suite"))
        else { throw .decode("ticket") }
        cipherSuite = suite
        secret = SymmetricKey(data: try reader.vector8("secret", suite.hash.byteCount...suite.hash.byteCount))
        issuedAtMilliseconds = UInt64(try reader.uint32("issue time")) << 32 | UInt64(try reader.uint32("issue time"))
        ageAdd = try reader.uint32("ticket_age_add")
        let name = try reader.vector8("server name")
        serverName = name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
        let alpn = try reader.vector8("protocol")
        applicationProtocol = alpn.isEmpty ? nil : alpn
        let chain = try reader.vector8("chain hash")
        peerChainHash = chain.isEmpty ? nil : chain
        earlyDataContext = try reader.vector8("early data context")
        try reader.finish("ticket")
    }

    var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.uint8(Self.formatVersion)
        writer.uint16(cipherSuite.rawValue)
        writer.vector8(secret.withUnsafeBytes { Array($0) })
        writer.uint32(UInt32(truncatingIfNeeded: issuedAtMilliseconds >> 32))
        writer.uint32(UInt32(truncatingIfNeeded: issuedAtMilliseconds))
        writer.uint32(ageAdd)
        writer.vector8(serverName.map { Array($0.utf8) } ?? [])
        writer.vector8(applicationProtocol ?? [])
        writer.vector8(peerChainHash ?? [])
        writer.vector8(earlyDataContext)
        return writer.bytes
    }
}
