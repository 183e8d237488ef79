import Canonical

/// How an authority splits its revocation list: each certificate names the shard that its revocation would be in,
/// so that a verifier fetches a small list.
package struct RevocationShards: Sendable, Hashable {
    /// A URI without a slash at its end.
    package let baseURI: String
    /// At least 1.
    package let count: UInt64

    package init(baseURI: String, count: UInt64) {
        self.baseURI = baseURI
        self.count = max(count, 1)
    }

    /// The shard of a serial number.
    package func shard(of serial: SerialNumber) -> UInt64 {
        Digest(sha256: serial.magnitude).leadingWord % count
    }

    /// Where a shard is published: `<base>/<shard>.crl`.
    package func uri(shard: UInt64) -> String { "\(baseURI)/\(shard).crl" }
}
