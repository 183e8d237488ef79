package import Canonical

/// Why Catalog refused.
package enum CatalogError: Error, Sendable, Hashable {
    /// A program breaks this rule.
    case malformedProgram(String)
    /// A job's order breaks this rule.
    case malformedOrder(String)
    case unknownProgram(ProgramID)
    case programExists(ProgramID)
    case programYanked(ProgramID)
    case notPublisher(NodeID, of: ProgramID)
    /// The order exceeds a limit that the program's manifest sets.
    case limitExceeded(String, most: UInt64, asked: UInt64)
    case unknownJob(JobID)
    /// Too few nodes have the resources free.
    case notEnoughProviders(have: Int, need: Int)
    case notAssigned(NodeID, to: JobID)
    /// The call belongs to another phase of the job.
    case wrongPhase(JobID, phase: String, needed: String)
    case alreadyCommitted(NodeID)
    case alreadyRevealed(NodeID)
    case notCommitted(NodeID)
    /// The receipt and salt do not hash to what the provider had committed to.
    case commitmentMismatch(NodeID)
    /// The receipt breaks this rule.
    case malformedReceipt(String)
}

extension CatalogError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformedProgram(let rule): "malformed program: \(rule)"
        case .malformedOrder(let rule): "malformed order: \(rule)"
        case .unknownProgram(let id): "no program \(id.shortDescription) is published"
        case .programExists(let id): "program \(id.shortDescription) is published already"
        case .programYanked(let id): "program \(id.shortDescription) was yanked by its publisher"
        case .notPublisher(let node, let id):
            "\(node.shortDescription) did not publish program \(id.shortDescription)"
        case .limitExceeded(let what, let most, let asked): "the program allows \(most) \(what), \(asked) asked"
        case .unknownJob(let id): "no job \(id.shortDescription)"
        case .notEnoughProviders(let have, let need):
            "the job needs \(need) provider(s), \(have) have the resources free"
        case .notAssigned(let node, let job):
            "\(node.shortDescription) is not assigned to job \(job.shortDescription)"
        case .wrongPhase(let job, let phase, let needed):
            "job \(job.shortDescription) is \(phase), not \(needed)"
        case .alreadyCommitted(let node): "\(node.shortDescription) has committed already"
        case .alreadyRevealed(let node): "\(node.shortDescription) has revealed already"
        case .notCommitted(let node): "\(node.shortDescription) has not committed to a receipt"
        case .commitmentMismatch(let node): "the receipt is not the one that \(node.shortDescription) committed to"
        case .malformedReceipt(let rule): "malformed receipt: \(rule)"
        }
    }
}
