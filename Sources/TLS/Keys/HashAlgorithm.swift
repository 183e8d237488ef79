package import Crypto

/// The two hashes of the TLS 1.3 key schedule, with HKDF over them (RFC 5869, RFC 8446 §7.1).
public enum HashAlgorithm: Sendable, Hashable {
    case sha256
    case sha384

    /// Bytes in a digest.
    public var byteCount: Int { self == .sha256 ? 32 : 48 }

    /// The digest of `bytes`.
    package func digest(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        let bytes = Array(bytes)
        return switch self {
        case .sha256: Array(SHA256.hash(data: bytes))
        case .sha384: Array(SHA384.hash(data: bytes))
        }
    }

    /// HMAC of `bytes` under `key`.
    package func authenticationCode(for bytes: [UInt8], key: SymmetricKey) -> [UInt8] {
        switch self {
        case .sha256: Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
        case .sha384: Array(HMAC<SHA384>.authenticationCode(for: bytes, using: key))
        }
    }

    /// True when `code` is the HMAC of `bytes` under `key`; the comparison takes the same time wherever they differ.
    package func isValidAuthenticationCode(_ code: [UInt8], for bytes: [UInt8], key: SymmetricKey) -> Bool {
        switch self {
        case .sha256: HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: bytes, using: key)
        case .sha384: HMAC<SHA384>.isValidAuthenticationCode(code, authenticating: bytes, using: key)
        }
    }

    /// HKDF-Extract. QUIC's initial secret is `sha256.extract(salt: initialSalt, inputKeyMaterial: connectionID)`.
    package func extract(salt: SymmetricKey, inputKeyMaterial: SymmetricKey) -> SymmetricKey {
        let salt = salt.withUnsafeBytes { Array($0) }
        switch self {
        case .sha256:
            return SymmetricKey(data: HKDF<SHA256>.extract(inputKeyMaterial: inputKeyMaterial, salt: salt))
        case .sha384:
            return SymmetricKey(data: HKDF<SHA384>.extract(inputKeyMaterial: inputKeyMaterial, salt: salt))
        }
    }

    /// HKDF-Extract over plain bytes.
    package func extract(salt: [UInt8], inputKeyMaterial: [UInt8]) -> SymmetricKey {
        extract(salt: SymmetricKey(data: salt), inputKeyMaterial: SymmetricKey(data: inputKeyMaterial))
    }

    /// HKDF-Expand-Label (RFC 8446 §7.1): `label` without the "tls13 " prefix, for example "quic key" or "quic ku".
    ///
    /// - Parameters:
    ///   - label: at most 249 ASCII bytes.
    ///   - context: at most 255 bytes, usually empty or a transcript hash.
    ///   - byteCount: bytes to make, at most 255 digests.
    package func expandLabel(
        _ secret: SymmetricKey,
        _ label: String,
        context: [UInt8] = [],
        byteCount: Int
    ) -> SymmetricKey {
        let label = Array("tls13 ".utf8) + Array(label.utf8)
        precondition(label.count <= 255 && context.count <= 255 && byteCount <= 255 * self.byteCount)
        var info = [UInt8(truncatingIfNeeded: byteCount >> 8), UInt8(truncatingIfNeeded: byteCount)]
        info.append(UInt8(label.count))
        info += label
        info.append(UInt8(context.count))
        info += context
        return switch self {
        case .sha256: HKDF<SHA256>.expand(pseudoRandomKey: secret, info: info, outputByteCount: byteCount)
        case .sha384: HKDF<SHA384>.expand(pseudoRandomKey: secret, info: info, outputByteCount: byteCount)
        }
    }
}
