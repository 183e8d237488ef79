package import ProofOfState

/// What a run simulates. Together with the seed it fixes every event.
package struct SimulationOptions: Sendable, Hashable {
    /// Fixes every random choice.
    package var seed: UInt64
    /// Events with faults, before everything heals and progress is demanded.
    package var steps: Int
    /// Validators, 4…10; nil lets the seed choose.
    package var nodes: Int?
    /// Views one leader keeps; nil lets the seed choose.
    package var termLength: UInt64?
    /// A bug that every honest node has.
    package var mutation: ConsensusMutation?
    /// Whether faults happen: loss, partitions, crashes, liars.
    package var hasFaults: Bool
    /// Whether every node loses power once in the middle of the run.
    package var hasPowerFailure: Bool
    /// Whether every message and record goes through its encoding, as on a real wire and disk.
    package var encodes: Bool
    /// Whether clients send operations; without any, leaders wait a second before each empty block.
    package var hasWorkload = true
    /// What consensus agrees on.
    package var application: ApplicationChoice
    /// What nodes keep their records on.
    package var disk: DiskChoice

    package init(
        seed: UInt64, steps: Int = 20_000, nodes: Int? = nil, termLength: UInt64? = nil,
        mutation: ConsensusMutation? = nil, hasFaults: Bool = true, hasPowerFailure: Bool = false,
        encodes: Bool = false,
        application: ApplicationChoice = .counter, disk: DiskChoice = .records
    ) {
        self.seed = seed
        self.steps = steps
        self.nodes = nodes
        self.termLength = termLength
        self.mutation = mutation
        self.hasFaults = hasFaults
        self.hasPowerFailure = hasPowerFailure
        self.encodes = encodes
        self.application = application
        self.disk = disk
    }

    /// The command that repeats the run.
    package var replayCommand: String {
        var words = [
            "hypermesh-simulator", "--seed", "\(seed)", "--steps", "\(steps)", "--application", application.rawValue,
        ]
        if disk == .segments { words += ["--disk", disk.rawValue] }
        if let nodes { words += ["--nodes", "\(nodes)"] }
        if let termLength { words += ["--term-length", "\(termLength)"] }
        if let mutation { words += ["--mutant", mutation.rawValue] }
        if !hasFaults { words.append("--no-faults") }
        if hasPowerFailure { words.append("--power-failure") }
        if encodes { words.append("--encode") }
        if !hasWorkload { words.append("--idle") }
        return words.joined(separator: " ")
    }
}
