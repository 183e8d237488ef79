package import Canonical

/// Shows that some leaves are all the leaves of a tree whose keys begin with a prefix. The unit of state sync: each
/// range is checked by itself against the root, from whichever peer it came.
package struct JellyfishRangeProof: Sendable, Hashable {
    package let prefix: NibblePath
    /// When the range is empty: the leaf outside it in which the prefix's way ends, if it ends in one.
    package let outsider: JellyfishLeaf?
    /// The other halves on the way to the prefix, from the root down; fewer than its bits when the way ends early.
    package let siblings: [Digest]

    package init(prefix: NibblePath, outsider: JellyfishLeaf?, siblings: [Digest]) {
        self.prefix = prefix
        self.outsider = outsider
        self.siblings = siblings
    }

    /// Checks that `leaves`, ascending, are exactly those under the prefix.
    package func verify(leaves: [JellyfishLeaf], root: Digest) throws(JellyfishError) {
        for (left, right) in zip(leaves, leaves.dropFirst()) where left.key >= right.key {
            throw .malformedProof("its leaves are not ascending")
        }
        guard leaves.allSatisfy({ prefix.isPrefix(of: $0.key) }) else {
            throw .malformedProof("a leaf lies outside its prefix")
        }
        let bits = Int(prefix.count) * 4
        guard siblings.count == bits || siblings.count < bits && leaves.count <= 1 else {
            throw .malformedProof("it has \(siblings.count) siblings for \(bits) bits and \(leaves.count) leaves")
        }
        let way = try way(leaves)
        let bottom = outsider?.hash ?? JellyfishHash.subtree(of: leaves[...], depth: bits)
        let computed = JellyfishProof.fold(bottom, siblings: siblings, along: way)
        guard computed == root else { throw .rootMismatch(expected: root, computed: computed) }
    }

    // A key under the prefix, padded with zeros: its first bits are the way to the range.
    private func way(_ leaves: [JellyfishLeaf]) throws(JellyfishError) -> Digest {
        if let first = leaves.first {
            guard outsider == nil else { throw .malformedProof("a range with leaves has an outsider") }
            return first.key
        }
        var bytes = [UInt8](repeating: 0, count: Digest.byteCount)
        for index in 0..<Int(prefix.count) {
            bytes[index / 2] |= UInt8(prefix.digit(index)) << (index.isMultiple(of: 2) ? 4 : 0)
        }
        let way = Digest(bytes: bytes) ?? .zero
        if let outsider {
            guard !prefix.isPrefix(of: outsider.key) else { throw .malformedProof("its outsider lies inside") }
            let shares = (0..<siblings.count).allSatisfy { outsider.key.bit($0) == way.bit($0) }
            guard shares else { throw .wrongLeaf(outsider.key) }
        }
        return way
    }
}

extension JellyfishRangeProof: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(prefix)
        encoder.encode(outsider)
        encoder.encode(siblings)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        prefix = try decoder.decode(NibblePath.self)
        outsider = try decoder.decodeOption(JellyfishLeaf.self)
        siblings = try decoder.decodeArray(of: Digest.self, limit: JellyfishProof.siblingsMax)
    }
}
