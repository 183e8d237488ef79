import Canonical
import ProofOfState

/// One validator: the real consensus core with its application and disk.
struct SimulatedNode<Application: SimulatedApplication>: Sendable {
    var core: Consensus
    var application: Application
    var disk = SimulatedDisk()
    let configuration: ConsensusConfiguration
    /// Whether it follows the protocol; crashes are allowed, lies and lost syncs are not.
    let isHonest: Bool
    /// Whether it is a liar that says nothing at all.
    let isMute: Bool
    /// How far its clock is ahead of the world's, in nanoseconds.
    let clockOffset: UInt64
    /// Counts starts.
    var life = 0
    var isAlive = true
    /// When the next `deadline` event for it is due.
    var deadlineAt = UInt64.max
    /// Height up to which it told the application, and so clients, that blocks are final.
    var promisedHeight: Height = 0
    var hadOperations = false

    init(configuration: ConsensusConfiguration, isHonest: Bool, isMute: Bool, clockOffset: UInt64) {
        self.configuration = configuration
        self.isHonest = isHonest
        self.isMute = isMute
        self.clockOffset = clockOffset
        core = Consensus(configuration, signer: SimulatedSigner(node: Int(configuration.me ?? 0)))
        application = Application()
    }

    /// Passes one event to the core.
    mutating func pass(_ event: ConsensusEvent, at now: Timestamp, into actions: inout [ConsensusAction]) {
        core.handle(event, at: now, into: &actions)
    }

    /// When, by the node's clock, its core wants to be woken.
    mutating func nextDeadline() -> Timestamp? { core.nextDeadline }

    /// Starts again from what the disk has. The application is back at genesis.
    mutating func restore() {
        life += 1
        isAlive = true
        deadlineAt = .max
        hadOperations = false
        core = Consensus(
            configuration, signer: SimulatedSigner(node: Int(configuration.me ?? 0)), tip: nil, records: disk.records)
        application = Application()
    }
}
