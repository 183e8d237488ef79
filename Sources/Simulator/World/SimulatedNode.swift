import Canonical
import ProofOfState
import Store

/// One validator: the real consensus core with its application and disk.
struct SimulatedNode<Application: SimulatedApplication>: Sendable {
    var core: Consensus
    var application: Application
    var disk: SimulatedDisk
    let configuration: ConsensusConfiguration
    let conduct: Conduct
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

    /// Whether its disk is damaged and nobody repaired it: it stays down.
    var isLost = false
    private let genesis: Application

    init(
        configuration: ConsensusConfiguration, genesis: Application, disk: SimulatedDisk, conduct: Conduct,
        clockOffset: UInt64
    ) {
        self.configuration = configuration
        self.conduct = conduct
        self.clockOffset = clockOffset
        self.disk = disk
        self.genesis = genesis
        core = Consensus(configuration, signer: SimulatedSigner(node: Int(configuration.me ?? 0)))
        application = genesis
    }

    /// Whether every promise is expected of it.
    var isHonest: Bool { conduct == .honest }
    /// Whether it makes its own choices against the protocol.
    var isLiar: Bool { conduct == .liar || conduct == .mute }
    var isMute: Bool { conduct == .mute }

    /// Passes one event to the core.
    mutating func pass(_ event: ConsensusEvent, at now: Timestamp, into actions: inout [ConsensusAction]) {
        core.handle(event, at: now, into: &actions)
    }

    /// When, by the node's clock, its core wants to be woken.
    mutating func nextDeadline() -> Timestamp? { core.nextDeadline }

    /// Starts again from what the disk has. The application is back at genesis.
    mutating func restore() throws(StoreError) {
        let recovered = try disk.recoverSegments()
        life += 1
        isAlive = true
        deadlineAt = .max
        hadOperations = false
        core = Consensus(
            configuration, signer: SimulatedSigner(node: Int(configuration.me ?? 0)), tip: recovered?.tip,
            records: recovered?.records ?? disk.records)
        application = genesis
    }

    /// Puts an empty disk in the place of a damaged one.
    mutating func replaceDisk() throws(StoreError) {
        disk = SimulatedDisk(segments: try SegmentStore())
    }
}
