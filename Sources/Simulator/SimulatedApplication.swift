package import Canonical
package import ProofOfState

/// The replicated application under simulated consensus. The counter is the small one; the ledger with its mempool
/// plugs in here as well.
package protocol SimulatedApplication: Sendable {
    /// The state at genesis.
    init()

    /// A client's operation: a new one each time, made from `number`, which never repeats.
    static func makeOperation(number: UInt64, random: inout SplitMix64) -> [UInt8]

    /// Takes an operation into the mempool.
    mutating func submit(_ operation: [UInt8])

    /// Whether the mempool holds operations.
    var hasOperations: Bool { get }

    /// A payload on a block that was verified or is final; nil when it is unknown.
    mutating func payload(for request: ProposalRequest) -> BlockPayload?

    /// Whether a block is valid after its parent, which was verified or is final.
    mutating func verify(_ block: Block) -> Bool

    /// Executes the next final block.
    mutating func finalize(_ block: Block)

    /// State root after the last final block.
    var stateRoot: Digest { get }

    /// A broken invariant of the final state, in words; nil when all hold.
    var brokenInvariant: String? { get }
}
