package import Canonical

/// A header together with its hash, computed once and shared by reference. Equality is equality of hashes.
package struct SealedHeader: Sendable, Hashable {
    private final class Storage: Sendable {
        let header: BlockHeader
        let hash: Digest

        init(_ header: BlockHeader) {
            self.header = header
            hash = Digest(.blockHeader, of: header)
        }
    }

    private let storage: Storage

    package init(_ header: BlockHeader) {
        storage = Storage(header)
    }

    package var header: BlockHeader { storage.header }
    package var hash: Digest { storage.hash }
    package var height: Height { storage.header.height }
    package var view: View { storage.header.view }
    package var parentView: View { storage.header.parentView }
    package var parentHash: Digest { storage.header.parentHash }
    package var time: Timestamp { storage.header.time }
    package var proposer: ValidatorIndex { storage.header.proposer }

    package static func == (left: SealedHeader, right: SealedHeader) -> Bool { left.hash == right.hash }
    package func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}

extension SealedHeader: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) { encoder.encode(storage.header) }
    package init(from decoder: inout BCSDecoder) throws(BCSError) { self.init(try BlockHeader(from: &decoder)) }
}
