package import Canonical

/// The highest block that is final, here and stored.
package struct FinalTip: Sendable, Hashable {
    package let header: SealedHeader
    /// Its finalization; nil for the block under the epoch and for one that only a descendant's certificate finalizes.
    package let certificate: Certificate?

    package init(header: SealedHeader, certificate: Certificate?) {
        self.header = header
        self.certificate = certificate
    }

    package var hash: Digest { header.hash }
    package var height: Height { header.height }
}
