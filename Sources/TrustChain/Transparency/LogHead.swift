package import Canonical

/// The transparency log at one moment: part of the replicated state, so 2f + 1 validators sign it with the block.
package struct LogHead: Sendable, Hashable {
    /// Names the log: a hash of the mesh's first root certificate.
    package let logID: Digest
    /// Count of entries.
    package let size: UInt64
    /// RFC 6962 root over the entries.
    package let root: Digest
    /// Time of the block that appended last.
    package let time: Timestamp

    package init(logID: Digest, size: UInt64, root: Digest, time: Timestamp) {
        self.logID = logID
        self.size = size
        self.root = root
        self.time = time
    }

    /// The name of the log of a mesh whose first root certificate is this.
    package static func logID(of root: Certificate) -> Digest { Digest(.trustLog, root.encoded) }
}

extension LogHead: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(logID)
        encoder.encode(size)
        encoder.encode(root)
        encoder.encode(time)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        logID = try decoder.decode()
        size = try decoder.decode()
        root = try decoder.decode()
        time = try decoder.decode()
    }
}
