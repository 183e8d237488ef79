package import Canonical
package import ProofOfState

/// The replicated application under simulated consensus.
package protocol SimulatedApplication: Sendable {
    /// The people and programs that send operations.
    associatedtype Clients: SimulatedClients where Clients.Application == Self

    /// The state at genesis of the mesh with this configuration.
    init(_ configuration: ConsensusConfiguration) throws(SimulationError)

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

/// Clients of all kinds, honest or not. They see the mesh only through a node.
package protocol SimulatedClients: Sendable {
    associatedtype Application: Sendable

    /// Operations that are sent at one moment at most.
    static var burstMax: UInt64 { get }

    /// Whether lying leaders repeat old operations in their blocks.
    static var areReplayed: Bool { get }

    init()

    /// The next operation, made from what a node shows. `number` never repeats.
    mutating func makeOperation(number: UInt64, seenBy node: Application, random: inout SplitMix64) -> [UInt8]
}
