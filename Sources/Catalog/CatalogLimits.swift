package import Canonical

/// Static limits of programs and jobs.
package enum CatalogLimits {
    /// Files of one program.
    package static let filesMax = 64
    /// Bytes of a file's path.
    package static let pathBytesMax = 256
    /// Bytes of all sources together.
    package static let sourceBytesMax = 384 << 10
    /// Bytes of a name or a version.
    package static let nameBytesMax = 128
    /// Arguments of a job.
    package static let argumentsMax = 64
    /// Bytes of all arguments together.
    package static let argumentBytesMax = 16 << 10
    /// Bytes of a result, and of the kept part of the output.
    package static let resultBytesMax = 64 << 10
    /// Bytes of a trap's summary.
    package static let trapBytesMax = 1 << 10
    /// Providers of one job.
    package static let replicasMax: UInt8 = 16
    /// Blocks that either phase of a job may last.
    package static let phaseBlocksMax: UInt32 = 100_000
}

extension HashDomain {
    /// `ProgramID` of a program's canonical bytes.
    package static let program = HashDomain("HM/program")
    /// `JobID` of the operation that ordered it.
    package static let job = HashDomain("HM/job/")
    /// What the providers of a job must agree on.
    package static let jobResult = HashDomain("HM/jobresult")
    /// A provider's sealed receipt.
    package static let jobCommitment = HashDomain("HM/jobcommit")
    /// The lottery that chooses providers.
    package static let jobAssignment = HashDomain("HM/jobassign")
}
