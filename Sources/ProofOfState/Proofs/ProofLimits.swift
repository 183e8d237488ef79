/// Static limits of envelopes, proofs and the mempool.
package enum ProofLimits {
    /// Bytes of one operation.
    package static let operationBytesMax = 512 << 10
    /// Bytes of a signature field.
    package static let signatureBytesMax = 2048
    /// Depth of a plot's tree: at most 2³⁰ labels, 32 GiB.
    package static let plotDepthMax = 30
    /// Labels that a plot's commitment opens; see `PlotCommitment`.
    package static let plotOpenings = 24
    /// Ticks that a verifier is willing to repeat.
    package static let ticksMax: UInt32 = 256
    /// Blocks for which an anchor stays fresh.
    package static let anchorAgeBlocksMax: UInt64 = 256
    /// Blocks that an expiry may lie ahead of the tip.
    package static let expiryBlocksMax: UInt64 = 4096
    /// Sequence numbers that an operation may lie ahead of the next expected one.
    package static let sequenceGapMax: UInt64 = 1024
    /// Bytes of all envelopes in a mempool.
    package static let mempoolBytesMax = 32 << 20
    /// Bytes of one subject's envelopes in a mempool.
    package static let mempoolSubjectBytesMax = 4 << 20
}
