package import Canonical

/// Names a certificate authority by its key: the identifier of 20 bytes that its certificates carry.
package struct AuthorityID: Sendable, Hashable, CustomStringConvertible {
    package let keyIdentifier: [UInt8]

    static let byteCount = 20

    /// Nil unless there are 20 bytes.
    package init?(keyIdentifier: [UInt8]) {
        guard keyIdentifier.count == AuthorityID.byteCount else { return nil }
        self.keyIdentifier = keyIdentifier
    }

    /// The holder of a key. It is computed, not read from a certificate, so nobody can claim another's.
    package init(of key: SubjectPublicKeyInfo) {
        keyIdentifier = key.keyIdentifier
    }

    /// Hexadecimal digits.
    package var description: String { Hexadecimal.encode(keyIdentifier) }
}

extension AuthorityID: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) { encoder.encodeFixed(keyIdentifier) }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        keyIdentifier = try decoder.decodeFixed(AuthorityID.byteCount)
    }
}
