package import Canonical

/// A plot whose labels stay on disk. In memory are only the upper levels of the tree; an opening reads the 256 labels
/// around its own and hashes the small tree above them.
///
/// Form on disk: the labels, 32 bytes each, then the levels of the tree from `firstStoredLevel` up to the root.
package struct StoredPlot: PlotSource {
    /// Reads `count` bytes at an offset; nil when they cannot be read.
    package typealias Reader = @Sendable (_ offset: Int, _ count: Int) -> [UInt8]?

    /// Tree levels below this one are computed from labels when they are needed.
    private static let storedLevel = 8

    package let subject: NodeID
    package let commitment: PlotCommitment
    private let read: Reader
    private let upper: [[Digest]]

    /// Opens a stored plot of 2^`depth` labels; nil when its tree cannot be read.
    package init?(subject: NodeID, depth: UInt8, read: @escaping Reader) {
        guard depth <= UInt8(ProofLimits.plotDepthMax) else { return nil }
        var offset = Digest.byteCount << Int(depth)
        var levels: [[Digest]] = []
        for level in StoredPlot.firstStoredLevel(depth)...Int(depth) {
            let count = 1 << (Int(depth) - level)
            guard let nodes = StoredPlot.digests(read(offset, count * Digest.byteCount), count) else { return nil }
            levels.append(nodes)
            offset += count * Digest.byteCount
        }
        guard let root = levels.last?.first else { return nil }
        self.subject = subject
        self.read = read
        commitment = PlotCommitment(root: root, depth: depth)
        upper = levels
    }

    package func opening(at index: UInt64) -> PlotOpening? {
        let position = Int(index % commitment.labelCount)
        let first = StoredPlot.firstStoredLevel(commitment.depth)
        let start = (position >> first) << first
        guard let labels = StoredPlot.digests(read(start * Digest.byteCount, Digest.byteCount << first), 1 << first)
        else { return nil }
        var level = labels.map(Plot.leaf)
        var path: [Digest] = []
        for height in 0..<first {
            path.append(level[(position - start) >> height ^ 1])
            level = stride(from: 0, to: level.count, by: 2).map { Plot.node(level[$0], level[$0 + 1]) }
        }
        for (step, nodes) in upper.dropLast().enumerated() { path.append(nodes[position >> (first + step) ^ 1]) }
        return PlotOpening(index: UInt64(position), label: labels[position - start], path: path)
    }

    static func firstStoredLevel(_ depth: UInt8) -> Int { min(storedLevel, Int(depth)) }

    private static func digests(_ bytes: [UInt8]?, _ count: Int) -> [Digest]? {
        guard let bytes, bytes.count == count * Digest.byteCount else { return nil }
        return stride(from: 0, to: bytes.count, by: Digest.byteCount).compactMap {
            Digest(bytes: bytes[$0..<$0 + Digest.byteCount])
        }
    }
}

extension PlotBuilder {
    /// What `StoredPlot` reads.
    package var storedBytes: [UInt8] {
        var bytes = labelBytes
        for level in levels[StoredPlot.firstStoredLevel(depth)...] {
            for node in level { node.withUnsafeBytes { bytes.append(contentsOf: $0) } }
        }
        return bytes
    }
}
