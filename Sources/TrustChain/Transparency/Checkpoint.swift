package import Canonical
import FoundationEssentials

/// The text of a log's head as C2SP `tlog-checkpoint` has it: origin, size and base64 root, a line each. Signature
/// lines, which follow after an empty line, are not part of it.
package struct Checkpoint: Sendable, Hashable {
    /// Unique name of the log.
    package let origin: String
    package let size: UInt64
    package let root: Digest

    private static let structure = "checkpoint"

    package init(origin: String, size: UInt64, root: Digest) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// The checkpoint of a log of this mesh; its origin is `hypermesh/trust/` and the log's id.
    package init(_ head: LogHead) {
        self.init(origin: "hypermesh/trust/\(head.logID)", size: head.size, root: head.root)
    }

    /// Reads the body. Extension lines after the root are refused: this log writes none.
    package init(body: String) throws(TrustChainError) {
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 4, lines[3].isEmpty, !lines[0].isEmpty else {
            throw .malformed(structure: Self.structure, reason: "three lines expected, each ended")
        }
        guard let size = UInt64(lines[1]), "\(size)" == lines[1] else {
            throw .malformed(structure: Self.structure, reason: "the size is no decimal number")
        }
        guard let bytes = Data(base64Encoded: String(lines[2])), bytes.base64EncodedString() == lines[2],
            let root = Digest(bytes: bytes)
        else { throw .malformed(structure: Self.structure, reason: "the root is not 32 bytes in base64") }
        self.init(origin: String(lines[0]), size: size, root: root)
    }

    /// The three lines.
    package var body: String { "\(origin)\n\(size)\n\(Data(root.bytes).base64EncodedString())\n" }
}
