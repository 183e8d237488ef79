/// Static limits of consensus. All are bounds on what others may make this node keep or read.
package enum ConsensusLimits {
    /// Most validators in one set.
    package static let validatorsMax = 1024
    /// Largest total weight of a set, so that 3·W cannot overflow.
    package static let totalWeightMax: UInt64 = 1 << 60
    /// Most positions in a leader schedule.
    package static let scheduleMax = 4096
    /// Most bytes in one signature (FALCON-1024, padded: 1280).
    package static let signatureBytesMax = 1280
    /// Most operations in one block.
    package static let operationsMax = 65_536
    /// Most bytes in one operation.
    package static let operationBytesMax = 1 << 20
    /// Most bytes of operations in one block.
    package static let bodyBytesMax = 8 << 20
    /// Bytes in a chunk of a body; the body root is a Merkle root over chunks of this size.
    package static let bodyChunkBytes = 64 << 10
    /// Most blocks in one reply.
    package static let replyBlocksMax = 64
    /// Most bytes of operations in one reply with more than one block.
    package static let replyBytesMax = 8 << 20
    /// Most certificates in one reply to a peer that lags.
    package static let lagReplyCertificatesMax = 8
    /// Votes and proposals are kept for this many views above the current one.
    package static let viewWindow: UInt64 = 64
    /// Notarizations and nullifications are kept for this many views above the last final one.
    package static let unfinalizedViewsMax: UInt64 = 65_536
    /// Views from here on are taken for damage: none can be reached, and arithmetic below stays in range.
    package static let viewMax: UInt64 = 1 << 62
    /// Most different proposals kept of one view: the first, and one more as evidence.
    package static let proposalsPerViewMax = 2
    /// Most headers between a block and the certified one in a finality proof.
    package static let proofDescendantsMax = 1024
    /// Most blocks above the last final one whose bodies are kept in memory.
    package static let unfinalizedBlocksMax = 512
    /// Distance to a final block up to which it is fetched by hash; above that, by height.
    package static let fetchByHashDistanceMax: UInt64 = 16
    /// Version of the header format.
    package static let headerVersion: UInt16 = 1
}
