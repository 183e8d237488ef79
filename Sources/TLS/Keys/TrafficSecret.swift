public import Crypto

/// A traffic secret of one direction, from which record or packet keys are derived (RFC 8446 §7.3, RFC 9001 §5.1).
public struct TrafficSecret: Sendable {
    /// Which keys it makes: `.handshake` or `.application`.
    public let level: EncryptionLevel
    public let suite: CipherSuite
    /// As many bytes as the suite's hash.
    public let secret: SymmetricKey

    package init(level: EncryptionLevel, suite: CipherSuite, secret: SymmetricKey) {
        self.level = level
        self.suite = suite
        self.secret = secret
    }

    /// HKDF-Expand-Label of this secret with an empty context: "quic key", "quic iv", "quic hp", "key", "iv".
    package func expand(_ label: String, byteCount: Int) -> SymmetricKey {
        suite.hash.expandLabel(secret, label, byteCount: byteCount)
    }

    /// The secret of the next key phase: `label` is "traffic upd" for streams (RFC 8446 §7.2) and "quic ku" for QUIC
    /// (RFC 9001 §6.1).
    package func next(label: String) -> TrafficSecret {
        TrafficSecret(level: level, suite: suite, secret: expand(label, byteCount: suite.hash.byteCount))
    }
}
