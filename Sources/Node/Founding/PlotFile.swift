package import Canonical
package import ProofOfState

/// A plot on disk: made once, opened when an identity starts.
package enum PlotFile {
    /// Labels of 32 bytes in a standard plot: 2¹⁹, 16 MiB.
    package static let standardDepth: UInt8 = 19

    /// Opens the plot, or fills and writes it when there is none.
    package static func open(_ path: String, subject: NodeID, depth: UInt8) throws(NodeError) -> StoredPlot {
        if !PrivateFile.exists(path) {
            try PrivateFile.write(PlotBuilder(subject: subject, depth: depth).storedBytes, to: path)
        }
        let file = try RandomAccessFile(path)
        guard let plot = StoredPlot(subject: subject, depth: depth, read: { file.read(at: $0, count: $1) }) else {
            throw .file(path: path, problem: "it is not a plot of 2^\(depth) labels; remove it to make it anew")
        }
        return plot
    }

    /// The depth of a stored plot, from its size: the labels, and a tree of at most a 128th of them.
    package static func depth(of path: String) throws(NodeError) -> UInt8 {
        let labels = try PrivateFile.size(path) / Digest.byteCount
        guard labels > 0 else { throw .file(path: path, problem: "it is empty; remove it to make it anew") }
        let floor = Int.bitWidth - 1 - labels.leadingZeroBitCount
        return UInt8(labels == 2 ? 0 : floor)
    }
}
