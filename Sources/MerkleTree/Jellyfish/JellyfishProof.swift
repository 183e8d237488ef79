package import Canonical

/// Shows what a tree says of one key, to someone who knows only the root.
package struct JellyfishProof: Sendable, Hashable {
    /// Bits of a key: siblings that a proof has at most.
    package static let siblingsMax = 256

    /// The leaf in which the key's way ends; nil when it ends in an empty subtree.
    package let terminal: JellyfishLeaf?
    /// The other halves on the way, from the root down.
    package let siblings: [Digest]

    package init(terminal: JellyfishLeaf?, siblings: [Digest]) {
        self.terminal = terminal
        self.siblings = siblings
    }

    /// Checks that under `root` the key has a value of this hash, or (nil) that it is absent.
    package func verify(key: Digest, valueHash: Digest?, root: Digest) throws(JellyfishError) {
        guard siblings.count <= JellyfishProof.siblingsMax else {
            throw .malformedProof("it has more than \(JellyfishProof.siblingsMax) siblings")
        }
        if let terminal {
            let shares = (0..<siblings.count).allSatisfy { terminal.key.bit($0) == key.bit($0) }
            guard shares else { throw .wrongLeaf(key) }
        }
        guard (terminal?.key == key) == (valueHash != nil) else { throw .presenceMismatch(key) }
        if let valueHash, terminal?.valueHash != valueHash { throw .wrongLeaf(key) }
        let computed = JellyfishProof.fold(terminal?.hash ?? JellyfishHash.empty, siblings: siblings, along: key)
        guard computed == root else { throw .rootMismatch(expected: root, computed: computed) }
    }

    static func fold(_ bottom: Digest, siblings: [Digest], along key: Digest) -> Digest {
        var hash = bottom
        for (depth, sibling) in siblings.enumerated().reversed() {
            hash = key.bit(depth) ? JellyfishHash.inner(sibling, hash) : JellyfishHash.inner(hash, sibling)
        }
        return hash
    }
}

extension JellyfishProof: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(terminal)
        encoder.encode(siblings)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        terminal = try decoder.decodeOption(JellyfishLeaf.self)
        siblings = try decoder.decodeArray(of: Digest.self, limit: JellyfishProof.siblingsMax)
    }
}
