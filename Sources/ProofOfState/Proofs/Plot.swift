package import Canonical

/// How a plot is filled: label i is a hash of the subject, i, the label before it and an earlier label that the label
/// before it chooses. Whoever lacks a label must repeat the whole fill up to it (memory-hard in the manner of scrypt's
/// ROMix, RFC 7914 §5), so that keeping the labels is cheaper than making them again for every operation.
package enum Plot {
    /// Label 0 has no predecessors.
    package static func firstLabel(subject: NodeID) -> Digest {
        Digest(.plotLabel, subject.bytes)
    }

    /// The earlier label that label `index` (≥ 1) mixes in, chosen by the label before it.
    package static func parent(of index: UInt64, previous: Digest) -> UInt64 {
        previous.leadingWord % max(index, 1)
    }

    /// Label `index` (≥ 1).
    package static func label(subject: NodeID, index: UInt64, previous: Digest, parent: Digest) -> Digest {
        var encoder = BCSEncoder(capacity: 104)
        encoder.encode(subject)
        encoder.encode(index)
        encoder.encode(previous)
        encoder.encode(parent)
        return Digest(.plotLabel, encoder.bytes)
    }

    /// Leaf of the plot's Merkle tree for a label.
    package static func leaf(_ label: Digest) -> Digest {
        Digest(prefix: 0, label, label)
    }

    /// Inner node of the plot's Merkle tree.
    package static func node(_ left: Digest, _ right: Digest) -> Digest {
        Digest(prefix: 1, left, right)
    }
}

/// One label with its Merkle path, leaf side first.
package struct PlotOpening: Sendable, Hashable, CanonicalCodable {
    package var index: UInt64
    package var label: Digest
    package var path: [Digest]

    package init(index: UInt64, label: Digest, path: [Digest]) {
        self.index = index
        self.label = label
        self.path = path
    }

    /// Whether the path leads from the label at `index` to `root`.
    package func leads(to root: Digest, depth: UInt8) -> Bool {
        guard path.count == Int(depth), depth < 64, index >> UInt64(depth) == 0 else { return false }
        var node = Plot.leaf(label)
        for (level, sibling) in path.enumerated() {
            let isRight = index >> UInt64(level) & 1 == 1
            node = isRight ? Plot.node(sibling, node) : Plot.node(node, sibling)
        }
        return node == root
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(index)
        encoder.encode(label)
        encoder.encode(path)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        index = try decoder.decode()
        label = try decoder.decode()
        path = try decoder.decodeArray(limit: ProofLimits.plotDepthMax)
    }
}

extension HashDomain {
    /// Labels of a plot.
    package static let plotLabel = HashDomain("HM/plot-label/v1")
    /// Choice of the labels that a commitment opens.
    package static let plotAudit = HashDomain("HM/plot-audit/v1")
}
