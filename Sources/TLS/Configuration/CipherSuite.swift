/// The TLS 1.3 cipher suites (RFC 8446 §B.4) that this module speaks.
public enum CipherSuite: UInt16, Sendable, Hashable, CaseIterable {
    case aes128GCMSHA256 = 0x1301
    case aes256GCMSHA384 = 0x1302
    case chacha20Poly1305SHA256 = 0x1303

    /// Bytes in the AEAD key.
    public var keyByteCount: Int { self == .aes128GCMSHA256 ? 16 : 32 }

    /// Bytes in the AEAD nonce and in a traffic key's IV.
    public var nonceByteCount: Int { 12 }

    /// Bytes that the AEAD adds to a plaintext.
    public var tagByteCount: Int { 16 }

    /// The hash of the key schedule and the transcript.
    public var hash: HashAlgorithm { self == .aes256GCMSHA384 ? .sha384 : .sha256 }
}
