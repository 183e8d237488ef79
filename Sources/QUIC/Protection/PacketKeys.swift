package import Crypto
package import TLS

/// The keys of one direction at one encryption level.
package struct PacketKeys {
    package let protector: ActivePacketProtector
    package let header: ActiveHeaderProtector
    private let secret: SymmetricKey
    package let suite: CipherSuite
    private let version: QUICVersion
    /// Packets sealed under this key.
    package var packetsSealed: UInt64 = 0

    /// Derives the keys of a secret that TLS made (RFC 9001 section 5.1).
    package init(_ traffic: TrafficSecret, version: QUICVersion = .one) throws(QUICError) {
        try self.init(suite: traffic.suite, secret: traffic.secret, version: version)
    }

    package init(suite: CipherSuite, secret: SymmetricKey, version: QUICVersion = .one) throws(QUICError) {
        let headerKey = suite.hash.expandLabel(secret, version.labelPrefix + "hp", byteCount: suite.keyByteCount)
        let header = try ActiveHeaderProtector(suite: suite, key: headerKey)
        try self.init(suite: suite, secret: secret, header: header, version: version)
    }

    private init(
        suite: CipherSuite, secret: SymmetricKey, header: ActiveHeaderProtector, version: QUICVersion
    ) throws(QUICError) {
        let key = suite.hash.expandLabel(secret, version.labelPrefix + "key", byteCount: suite.keyByteCount)
        let iv = suite.hash.expandLabel(secret, version.labelPrefix + "iv", byteCount: suite.nonceByteCount)
        protector = try ActivePacketProtector(suite: suite, key: key, iv: iv.plainBytes)
        self.header = header
        self.secret = secret
        self.suite = suite
        self.version = version
    }

    /// The keys of the next key phase; header protection stays (RFC 9001 section 6).
    package func next() throws(QUICError) -> PacketKeys {
        let nextSecret = suite.hash.expandLabel(secret, version.labelPrefix + "ku", byteCount: suite.hash.byteCount)
        return try PacketKeys(suite: suite, secret: nextSecret, header: header, version: version)
    }

    /// The Initial keys that follow from the client's first destination connection ID (RFC 9001 section 5.2).
    package static func initial(
        for connectionID: ConnectionID, version: QUICVersion = .one
    ) throws(QUICError) -> (client: PacketKeys, server: PacketKeys) {
        let hash = HashAlgorithm.sha256
        let secret = hash.extract(salt: version.initialSalt, inputKeyMaterial: connectionID.bytes)
        let client = hash.expandLabel(secret, "client in", byteCount: hash.byteCount)
        let server = hash.expandLabel(secret, "server in", byteCount: hash.byteCount)
        return (
            try PacketKeys(suite: .aes128GCMSHA256, secret: client, version: version),
            try PacketKeys(suite: .aes128GCMSHA256, secret: server, version: version)
        )
    }
}

extension SymmetricKey {
    /// The key as bytes.
    var plainBytes: [UInt8] { withUnsafeBytes { Array($0) } }
}
