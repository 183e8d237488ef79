package import Canonical

/// The hashes of an RFC 6962 Merkle log: SHA-256 with 0x00 before a leaf and 0x01 before two children, so that no
/// leaf can pass as an inner node (RFC 9162 §2.1.1).
package enum LogHash {
    /// Root of the log without entries: SHA-256 of nothing.
    package static let empty = Digest(sha256: [UInt8]())

    /// Hash of one entry.
    package static func leaf(_ entry: some Collection<UInt8>) -> Digest {
        Digest(sha256: [0x00] + entry)
    }

    /// Hash of an inner node over its two children.
    package static func node(_ left: Digest, _ right: Digest) -> Digest {
        Digest(prefix: 0x01, left, right)
    }

    /// The largest power of two below `count`: how many entries the left child of a tree of `count` entries holds.
    /// `count` is at least 2.
    static func leftCount(of count: UInt64) -> UInt64 {
        1 << UInt64(63 - (count &- 1).leadingZeroBitCount)
    }
}
