package import Canonical

extension Block {
    /// RFC 6962 root over the operations, so that a light client can prove that one is in the block.
    package static func operationsRoot(_ operations: [[UInt8]]) -> Digest {
        merkleRoot(operations.map { leaf($0[...]) })
    }

    /// RFC 6962 root over the body's chunks, so that parts of a large body can be checked as they arrive.
    package static func bodyRoot(_ operations: [[UInt8]]) -> Digest {
        var encoder = BCSEncoder(capacity: operations.reduce(8) { $0 + $1.count + 5 })
        encoder.encodeList(of: operations)
        let bytes = encoder.bytes
        let leaves = stride(from: 0, to: bytes.count, by: ConsensusLimits.bodyChunkBytes).map { start in
            leaf(bytes[start..<min(start + ConsensusLimits.bodyChunkBytes, bytes.count)])
        }
        return merkleRoot(leaves)
    }

    private static func leaf(_ bytes: ArraySlice<UInt8>) -> Digest {
        Digest(sha256: [0] + bytes)
    }

    private static func merkleRoot(_ leaves: [Digest]) -> Digest {
        guard var level = leaves.isEmpty ? nil : leaves else { return Digest(sha256: []) }
        while level.count > 1 {
            var next: [Digest] = []
            next.reserveCapacity((level.count + 1) / 2)
            for index in stride(from: 0, to: level.count, by: 2) {
                let isPaired = index + 1 < level.count
                next.append(isPaired ? Digest(prefix: 1, level[index], level[index + 1]) : level[index])
            }
            level = next
        }
        return level[0]
    }
}
