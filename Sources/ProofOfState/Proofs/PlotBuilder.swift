package import Canonical

/// Fills a plot in memory. The edge that keeps plots on disk writes `storedBytes` once; `StoredPlot` reads them.
package struct PlotBuilder: PlotSource {
    package let subject: NodeID
    package let depth: UInt8
    private let labels: [Digest]
    /// Levels of the Merkle tree, leaves first.
    let levels: [[Digest]]

    /// Fills 2^`depth` labels: about half a million hashes for 16 MiB.
    package init(subject: NodeID, depth: UInt8) {
        let count = 1 << Int(min(depth, UInt8(ProofLimits.plotDepthMax)))
        var labels: [Digest] = []
        labels.reserveCapacity(count)
        labels.append(Plot.firstLabel(subject: subject))
        for index in 1..<max(count, 2) where index < count {
            let previous = labels[index - 1]
            let parent = labels[Int(Plot.parent(of: UInt64(index), previous: previous))]
            labels.append(Plot.label(subject: subject, index: UInt64(index), previous: previous, parent: parent))
        }
        self.init(subject: subject, depth: depth, labels: labels)
    }

    /// Opens a stored plot; nil when the bytes are not 2^`depth` labels.
    package init?(subject: NodeID, depth: UInt8, labelBytes: [UInt8]) {
        let count = 1 << Int(min(depth, UInt8(ProofLimits.plotDepthMax)))
        guard labelBytes.count == count * Digest.byteCount else { return nil }
        let labels = stride(from: 0, to: labelBytes.count, by: Digest.byteCount).compactMap {
            Digest(bytes: labelBytes[$0..<$0 + Digest.byteCount])
        }
        self.init(subject: subject, depth: depth, labels: labels)
    }

    private init(subject: NodeID, depth: UInt8, labels: [Digest]) {
        self.subject = subject
        self.depth = depth
        self.labels = labels
        var levels = [labels.map(Plot.leaf)]
        while let below = levels.last, below.count > 1 {
            levels.append(stride(from: 0, to: below.count, by: 2).map { Plot.node(below[$0], below[$0 + 1]) })
        }
        self.levels = levels
    }

    /// The labels, 32 bytes each.
    package var labelBytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(labels.count * Digest.byteCount)
        for label in labels { label.withUnsafeBytes { bytes.append(contentsOf: $0) } }
        return bytes
    }

    package var commitment: PlotCommitment {
        PlotCommitment(root: levels.last?.first ?? .zero, depth: depth)
    }

    /// The label at `index`, taken modulo the plot's size, with its path.
    package func opening(at index: UInt64) -> PlotOpening? {
        let position = Int(index % UInt64(labels.count))
        let path = (0..<Int(depth)).map { level in levels[level][position >> level ^ 1] }
        return PlotOpening(index: UInt64(position), label: labels[position], path: path)
    }
}
