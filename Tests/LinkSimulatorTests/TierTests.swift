import Foundation
import QUIC
import Testing

@testable import LinkSimulator

/// A representative part of the matrix that `Benchmarks/stoq-links` runs whole in a release build.
@Suite struct TierTests {
    struct Link: CustomStringConvertible {
        var tier: PathTier
        var milliseconds: UInt64
        var description: String { "\(tier) at \(milliseconds) ms" }
    }

    static let links: [Link] = [
        Link(tier: .megabits100, milliseconds: 0), Link(tier: .megabits100, milliseconds: 20),
        Link(tier: .megabits100, milliseconds: 100),
    ]

    func world(_ rate: UInt64, milliseconds: UInt64, loss: UInt64 = 0, _ algorithm: CongestionAlgorithm) throws
        -> LinkWorld
    {
        var transport = TransportConfiguration()
        transport.congestionControl = algorithm
        print("seed 7")
        return try LinkWorld(
            LinkConditions(
                bitsPerSecond: rate, roundTripNanoseconds: milliseconds * 1_000_000, lossPerMillion: loss),
            transport: transport, seed: 7)
    }

    @Test(arguments: links, [CongestionAlgorithm.bbr, .cubic])
    func `finds the class of a link within three seconds, and fills it`(
        link: Link, algorithm: CongestionAlgorithm
    ) throws {
        let world = try world(link.tier.bitsPerSecond, milliseconds: link.milliseconds, algorithm)
        world.run(nanoseconds: 3_000_000_000)
        #expect(world.failure == nil)
        #expect(world.client.statistics.pathTier == link.tier)
        let utilisation = world.measureUtilisation(nanoseconds: 1_000_000_000)
        #expect(utilisation >= 9000, "\(Double(utilisation) / 100) %")
        #expect(world.tierChanges.first?.change.cause == .firstMeasured)
        print(
            link, algorithm, "\(Double(utilisation) / 100) %",
            world.tierChanges.map { ($0.time / 1_000_000, $0.change) })
    }

    @Test func `keeps most of a lossy link with BBR`() throws {
        let world = try world(100_000_000, milliseconds: 40, loss: 10_000, .bbr)
        world.run(nanoseconds: 1_000_000_000)
        let utilisation = world.measureUtilisation(nanoseconds: 6_000_000_000)
        #expect(utilisation >= 8500, "\(Double(utilisation) / 100) %")
        #expect(world.client.statistics.pathTier == .megabits100)
        print("BBR at 1 % loss: \(Double(utilisation) / 100) %", world.client.statistics)
    }
}
