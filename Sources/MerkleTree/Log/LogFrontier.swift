package import Canonical

/// The right edge of an RFC 6962 log: enough to append and to know the root, at most 64 hashes. This is what the
/// replicated state keeps of the transparency log.
package struct LogFrontier: Sendable, Hashable {
    /// Count of entries.
    package private(set) var size: UInt64 = 0
    /// Roots of the complete subtrees that make up the log, largest first: one for each 1 bit of `size`.
    package private(set) var peaks: [Digest] = []

    /// The empty log.
    package init() {}

    /// Root of the log.
    package var root: Digest {
        guard var root = peaks.last else { return LogHash.empty }
        for peak in peaks.dropLast().reversed() { root = LogHash.node(peak, root) }
        return root
    }

    /// Appends an entry and returns its index.
    @discardableResult
    package mutating func append(_ entry: some Collection<UInt8>) -> UInt64 {
        append(leafHash: LogHash.leaf(entry))
    }

    /// Appends an entry of which only the leaf hash is known and returns its index.
    @discardableResult
    package mutating func append(leafHash: Digest) -> UInt64 {
        var hash = leafHash
        var complete = size
        while complete & 1 == 1, let left = peaks.popLast() {
            hash = LogHash.node(left, hash)
            complete >>= 1
        }
        peaks.append(hash)
        size &+= 1
        return size &- 1
    }
}

extension LogFrontier: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(size)
        for peak in peaks { encoder.encode(peak) }
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        size = try decoder.decode()
        for _ in 0..<size.nonzeroBitCount { peaks.append(try decoder.decode()) }
    }
}
