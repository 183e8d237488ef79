package import Canonical
import MerkleTree

extension Block {
    /// RFC 6962 root over the operations, so that a light client can prove that one is in the block.
    package static func operationsRoot(_ operations: [[UInt8]]) -> Digest {
        var frontier = LogFrontier()
        for operation in operations { frontier.append(operation) }
        return frontier.root
    }

    /// RFC 6962 root over the body's chunks, so that parts of a large body can be checked as they arrive.
    package static func bodyRoot(_ operations: [[UInt8]]) -> Digest {
        var encoder = BCSEncoder(capacity: operations.reduce(8) { $0 + $1.count + 5 })
        encoder.encodeList(of: operations)
        let bytes = encoder.bytes
        var frontier = LogFrontier()
        for start in stride(from: 0, to: bytes.count, by: ConsensusLimits.bodyChunkBytes) {
            frontier.append(bytes[start..<min(start + ConsensusLimits.bodyChunkBytes, bytes.count)])
        }
        return frontier.root
    }
}
