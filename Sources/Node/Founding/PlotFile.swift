package import Canonical
package import ProofOfState

/// A plot on disk: made once, read when an identity starts.
package enum PlotFile {
    /// Labels of 32 bytes in a standard plot: 2¹⁹, 16 MiB.
    package static let standardDepth: UInt8 = 19

    /// Reads the plot, or fills and writes it when there is none.
    package static func open(_ path: String, subject: NodeID, depth: UInt8) throws(NodeError) -> PlotBuilder {
        if PrivateFile.exists(path) {
            let bytes = try PrivateFile.read(path, limit: Digest.byteCount << Int(min(depth, 30)))
            guard let plot = PlotBuilder(subject: subject, depth: depth, labelBytes: bytes) else {
                throw .file(path: path, problem: "it is not a plot of 2^\(depth) labels; remove it to make it anew")
            }
            return plot
        }
        let plot = PlotBuilder(subject: subject, depth: depth)
        try PrivateFile.write(plot.labelBytes, to: path)
        return plot
    }
}

extension PlotFile {
    /// The depth of a stored plot, from its size.
    package static func depth(of path: String) throws(NodeError) -> UInt8 {
        let labels = try PrivateFile.size(path) / Digest.byteCount
        guard labels > 0, labels & (labels - 1) == 0 else {
            throw .file(path: path, problem: "its size is not that of a plot; remove it to make it anew")
        }
        return UInt8(labels.trailingZeroBitCount)
    }
}
