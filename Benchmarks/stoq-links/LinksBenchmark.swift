import ArgumentParser
import Foundation
import LinkSimulator
import QUIC

/// Runs the protocol over simulated links of every class, round trip and loss, in virtual time, and prints what class
/// was found and how much of the link was filled.
@main struct LinksBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stoq-links", abstract: "Classes found and rates reached on simulated links.")
    private static let header = "control   link          rtt    loss   tier after 3 s     found at   utilisation  wall"

    @OptionGroup var choice: Choice

    func run() throws {
        print(Self.header)
        for algorithm in choice.algorithms {
            for tier in choice.tiers {
                for milliseconds in choice.roundTrips {
                    for loss in choice.losses {
                        try Self.measure(algorithm, tier, milliseconds, loss, choice)
                    }
                }
            }
        }
    }

    private static func measure(
        _ algorithm: CongestionAlgorithm, _ tier: PathTier, _ milliseconds: UInt64, _ loss: UInt64,
        _ choice: Choice
    ) throws {
        var transport = TransportConfiguration()
        transport.congestionControl = algorithm
        transport.recordsQlog = choice.qlog != nil
        transport.streamReceiveWindowMaximum = choice.windowMaximum
        transport.connectionReceiveWindowMaximum = choice.windowMaximum
        transport.streamSendBufferMaximum = Int(clamping: choice.windowMaximum)
        let wall = ContinuousClock.now
        let world = try LinkWorld(
            LinkConditions(
                bitsPerSecond: tier.bitsPerSecond, roundTripNanoseconds: milliseconds * 1_000_000,
                lossPerMillion: loss),
            transport: transport, seed: choice.seed)
        let start = world.now
        world.run(nanoseconds: 3_000_000_000)
        let found = world.client.statistics.pathTier
        let when = world.tierChanges.last.map { "\(($0.time - start) / 1_000_000) ms" } ?? "never"
        let utilisation = Double(world.measureUtilisation(nanoseconds: choice.seconds * 1_000_000_000)) / 100
        if let path = choice.qlog { try Data(world.qlog).write(to: URL(filePath: path)) }
        let name = found.map { "\($0)" } ?? "none"
        let mark = found == tier ? "" : " (wrong)"
        print(
            pad(algorithm.rawValue, 9), pad("\(tier)", 13), pad("\(milliseconds) ms", 6),
            pad("\(Double(loss) / 10_000) %", 6), pad(name + mark, 18), pad(when, 10), pad("\(utilisation) %", 12),
            ContinuousClock.now - wall, world.failure.map { "failed: \($0)" } ?? "")
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
