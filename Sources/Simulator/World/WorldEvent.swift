import Canonical
import ProofOfState

/// What can happen in the simulated world. `life` counts a node's starts: what was under way for an earlier one is void.
enum WorldEvent: Sendable {
    case deliver(from: Int, to: Int, ConsensusMessage)
    case deadline(node: Int, life: Int)
    case synced(node: Int, life: Int, records: Int)
    case payload(node: Int, life: Int, ProposalRequest)
    case verdict(node: Int, life: Int, Block)
    case finalRead(node: Int, life: Int, FinalReadRequest)
    case operation(node: Int, [UInt8])
    case availability(node: Int, life: Int, Bool)
    case restart(node: Int)
    case workload
    case fault
    case lie(node: Int)
    case powerFailure
    /// The time for progress after healing is over.
    case judgement
}
