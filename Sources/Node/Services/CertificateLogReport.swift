package import Canonical

/// Where the certificate log stands: its head is part of the ledger's state, so a quorum signs it.
package struct CertificateLogReport: Sendable, Hashable, CanonicalCodable {
    package var height: UInt64
    /// Count of leaves.
    package var size: UInt64
    /// RFC 6962 root.
    package var root: Digest

    package init(height: UInt64, size: UInt64, root: Digest) {
        self.height = height
        self.size = size
        self.root = root
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(height)
        encoder.encode(size)
        encoder.encode(root)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        height = try decoder.decode()
        size = try decoder.decode()
        root = try decoder.decode()
    }
}

/// What the ledger knows of one certificate.
package struct CertificateStandingReport: Sendable, Hashable, CanonicalCodable {
    /// Whether it is in the certificate log.
    package var isRecorded: Bool
    package var isRevoked: Bool

    package init(isRecorded: Bool, isRevoked: Bool) {
        self.isRecorded = isRecorded
        self.isRevoked = isRevoked
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(isRecorded)
        encoder.encode(isRevoked)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        isRecorded = try decoder.decode()
        isRevoked = try decoder.decode()
    }
}
