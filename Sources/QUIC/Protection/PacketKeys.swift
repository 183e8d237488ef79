package import Crypto
package import TLS

/// The keys of one direction at one encryption level.
package struct PacketKeys {
    package let protector: ActivePacketProtector
    package let header: ActiveHeaderProtector
    private let secret: SymmetricKey
    package let suite: CipherSuite
    /// Packets sealed under this key.
    package var packetsSealed: UInt64 = 0

    /// Derives the keys of a secret that TLS made (RFC 9001 section 5.1).
    package init(_ traffic: TrafficSecret) throws(QUICError) {
        try self.init(suite: traffic.suite, secret: traffic.secret)
    }

    package init(suite: CipherSuite, secret: SymmetricKey) throws(QUICError) {
        let headerKey = suite.hash.expandLabel(secret, "quic hp", byteCount: suite.keyByteCount)
        let header = try ActiveHeaderProtector(suite: suite, key: headerKey)
        try self.init(suite: suite, secret: secret, header: header)
    }

    private init(suite: CipherSuite, secret: SymmetricKey, header: ActiveHeaderProtector) throws(QUICError) {
        let key = suite.hash.expandLabel(secret, "quic key", byteCount: suite.keyByteCount)
        let iv = suite.hash.expandLabel(secret, "quic iv", byteCount: suite.nonceByteCount)
        protector = try ActivePacketProtector(suite: suite, key: key, iv: iv.plainBytes)
        self.header = header
        self.secret = secret
        self.suite = suite
    }

    /// The keys of the next key phase; header protection stays (RFC 9001 section 6).
    package func next() throws(QUICError) -> PacketKeys {
        let nextSecret = suite.hash.expandLabel(secret, "quic ku", byteCount: suite.hash.byteCount)
        return try PacketKeys(suite: suite, secret: nextSecret, header: header)
    }

    /// The Initial keys that follow from the client's first destination connection ID (RFC 9001 section 5.2).
    package static func initial(
        for connectionID: ConnectionID
    ) throws(QUICError) -> (client: PacketKeys, server: PacketKeys) {
        let salt: [UInt8] = [
            0x38, 0x76, 0x2C, 0xF7, 0xF5, 0x59, 0x34, 0xB3, 0x4D, 0x17,
            0x9A, 0xE6, 0xA4, 0xC8, 0x0C, 0xAD, 0xCC, 0xBB, 0x7F, 0x0A,
        ]
        let hash = HashAlgorithm.sha256
        let secret = hash.extract(salt: salt, inputKeyMaterial: connectionID.bytes)
        let client = hash.expandLabel(secret, "client in", byteCount: hash.byteCount)
        let server = hash.expandLabel(secret, "server in", byteCount: hash.byteCount)
        return (
            try PacketKeys(suite: .aes128GCMSHA256, secret: client),
            try PacketKeys(suite: .aes128GCMSHA256, secret: server)
        )
    }
}

extension SymmetricKey {
    /// The key as bytes.
    var plainBytes: [UInt8] { withUnsafeBytes { Array($0) } }
}
