import ArgumentParser
import ProofOfState
import Simulator

extension ApplicationChoice: ExpressibleByArgument {}
extension DiskChoice: ExpressibleByArgument {}

/// Runs a mesh of real consensus cores on virtual time.
@main
struct SimulatorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hypermesh-simulator",
        abstract: "Run real consensus cores under seeded faults and check their promises.")

    @Option(help: "Fixes every random choice of the (first) run.")
    var seed: UInt64 = 1

    @Option(help: "Runs, with seeds counting up from the first.")
    var seeds: UInt64 = 1

    @Option(help: "Events with faults in a run, before everything heals.")
    var steps = 20_000

    @Option(help: "Validators, 4 to 10; without it the seed chooses.")
    var nodes: Int?

    @Option(help: "Views one leader keeps; without it the seed chooses.")
    var termLength: UInt64?

    @Option(help: "What the nodes agree on: ledger or counter.")
    var application: ApplicationChoice = .ledger

    @Option(help: "What the nodes write to: records or segments.")
    var disk: DiskChoice = .records

    @Option(help: "Plant a bug: \(ConsensusMutation.allCases.map(\.rawValue).joined(separator: ", ")).")
    var mutant: String?

    @Flag(inversion: .prefixedNo, help: "Lose, delay and forge messages, crash nodes.")
    var faults = true

    @Flag(help: "Crash every node once in the middle.")
    var powerFailure = false

    @Flag(help: "Send no operations.")
    var idle = false

    @Flag(help: "Encode and decode every message and record.")
    var encode = false

    @Option(help: "text or json.")
    var output: OutputFormat = .text

    func validate() throws {
        if let nodes, !(4...10).contains(nodes) { throw ValidationError("--nodes must be 4 to 10.") }
        guard steps > 0 else { throw ValidationError("--steps must be above 0.") }
        guard seeds > 0 else { throw ValidationError("--seeds must be above 0.") }
        if let mutant, ConsensusMutation(rawValue: mutant) == nil {
            throw ValidationError("--mutant \(mutant) is unknown.")
        }
    }

    func run() throws {
        var summary = RunSummary()
        for offset in 0..<seeds {
            var options = SimulationOptions(seed: seed &+ offset, steps: steps, nodes: nodes, termLength: termLength)
            options.mutation = mutant.flatMap(ConsensusMutation.init(rawValue:))
            options.hasFaults = faults
            options.application = application
            options.disk = disk
            options.hasPowerFailure = powerFailure
            options.encodes = encode
            options.hasWorkload = !idle
            summary.add(try Simulator.run(options))
            if summary.failure != nil { break }
        }
        summary.print(as: output)
        if summary.failure != nil { throw ExitCode(1) }
    }
}
