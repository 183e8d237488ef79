import Foundation
import QUIC
import Testing

@testable import LinkSimulator

/// A representative part of the matrix that `Benchmarks/stoq-links` runs whole in a release build.
@Suite struct TierTests {
    struct Link: CustomStringConvertible {
        var tier: PathTier
        var milliseconds: UInt64
        var algorithm: CongestionAlgorithm
        var description: String { "\(tier) at \(milliseconds) ms under \(algorithm)" }
    }

    static let links: [Link] = [
        Link(tier: .megabits100, milliseconds: 0, algorithm: .bbr),
        Link(tier: .megabits100, milliseconds: 20, algorithm: .cubic),
        Link(tier: .megabits100, milliseconds: 100, algorithm: .bbr),
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

    @Test(arguments: links)
    func `finds the class of a link within three seconds, and fills it`(link: Link) throws {
        let world = try world(link.tier.bitsPerSecond, milliseconds: link.milliseconds, link.algorithm)
        world.run(nanoseconds: 3_000_000_000)
        #expect(world.failure == nil)
        #expect(world.client.statistics.pathTier == link.tier)
        let utilisation = world.measureUtilisation(nanoseconds: 1_000_000_000)
        #expect(utilisation >= 9000, "\(Double(utilisation) / 100) %")
        #expect(world.tierChanges.first?.change.cause == .firstMeasured)
    }

    @Test func `keeps most of a lossy link with BBR`() throws {
        let world = try world(100_000_000, milliseconds: 40, loss: 10_000, .bbr)
        world.run(nanoseconds: 1_000_000_000)
        let utilisation = world.measureUtilisation(nanoseconds: 6_000_000_000)
        #expect(utilisation >= 8500, "\(Double(utilisation) / 100) %")
        #expect(world.client.statistics.pathTier == .megabits100)
    }

    @Test func `needs fewer acknowledgements once it asked for fewer`() throws {
        var sent: [UInt64] = []
        for asks in [true, false] {
            var transport = TransportConfiguration()
            transport.asksForAcknowledgementFrequency = asks
            let world = try LinkWorld(
                LinkConditions(bitsPerSecond: 100_000_000, roundTripNanoseconds: 20_000_000), transport: transport,
                seed: 8)
            world.run(nanoseconds: 2_000_000_000)
            sent.append(try #require(world.server).statistics.datagramsSent)
            #expect(world.bytesReceived > 15_000_000)
        }
        #expect(sent[0] * 2 < sent[1], "\(sent)")
    }

    @Test func `follows a link whose rate changes, and says why`() throws {
        let world = try world(400_000_000, milliseconds: 10, .bbr)
        world.run(nanoseconds: 1_000_000_000)
        #expect(world.client.statistics.pathTier == .gigabit1)
        world.forward.conditions.bitsPerSecond = 80_000_000
        world.run(nanoseconds: 3_000_000_000)
        #expect(world.client.statistics.pathTier == .megabits100)
        #expect(world.tierChanges.map(\.change.cause) == [.firstMeasured, .rateFell])
    }

    @Test func `follows a link whose rate rises, and says why`() throws {
        let world = try world(60_000_000, milliseconds: 10, .bbr)
        world.run(nanoseconds: 1_000_000_000)
        #expect(world.client.statistics.pathTier == .megabits100)
        world.forward.conditions.bitsPerSecond = 400_000_000
        // BBR looks for more bandwidth every two to three seconds.
        world.run(nanoseconds: 4_000_000_000)
        #expect(world.client.statistics.pathTier == .gigabit1)
        #expect(world.tierChanges.map(\.change.cause) == [.firstMeasured, .rateRose])
        let utilisation = world.measureUtilisation(nanoseconds: 500_000_000)
        #expect(utilisation >= 8500, "\(Double(utilisation) / 100) %")
    }

    @Test func `keeps a link's class and most of its rate while loss comes and goes`() throws {
        let world = try world(100_000_000, milliseconds: 20, .bbr)
        world.run(nanoseconds: 1_000_000_000)
        for (loss, least) in [(10_000 as UInt64, 8500), (0, 9000)] {
            world.forward.conditions.lossPerMillion = loss
            world.run(nanoseconds: 200_000_000)
            let utilisation = world.measureUtilisation(nanoseconds: 1_500_000_000)
            #expect(utilisation >= least, "\(loss): \(Double(utilisation) / 100) %")
        }
        #expect(world.tierChanges.map(\.change.cause) == [.firstMeasured])
        #expect(world.client.statistics.pathTier == .megabits100)
    }

    @Test func `finds its way while delay comes and goes`() throws {
        let world = try world(30_000_000, milliseconds: 20, .bbr)
        world.run(nanoseconds: 1_000_000_000)
        for milliseconds: UInt64 in [60, 20] {
            for link in [world.forward, world.backward] {
                link.conditions.delayNanoseconds = milliseconds * 500_000
            }
            // The lowest round trip is remembered for ten seconds.
            world.run(nanoseconds: milliseconds > 20 ? 11_000_000_000 : 1_000_000_000)
            let utilisation = world.measureUtilisation(nanoseconds: 1_000_000_000)
            #expect(utilisation >= 8500, "\(milliseconds) ms: \(Double(utilisation) / 100) %")
        }
        #expect(world.tierChanges.map(\.change.cause) == [.firstMeasured])
    }

    @Test func `answers marks before the queue overflows`() throws {
        var conditions = LinkConditions(bitsPerSecond: 100_000_000, roundTripNanoseconds: 20_000_000)
        conditions.markingBytes = 200_000
        for algorithm in CongestionAlgorithm.allCases {
            var transport = TransportConfiguration()
            transport.congestionControl = algorithm
            let world = try LinkWorld(conditions, transport: transport, seed: 9)
            world.run(nanoseconds: 1_000_000_000)
            let overflowed = world.forward.datagramsOverflowed
            let utilisation = world.measureUtilisation(nanoseconds: 1_000_000_000)
            #expect(world.forward.datagramsMarked > 0)
            #expect(world.forward.datagramsOverflowed == overflowed, "\(algorithm)")
            #expect(utilisation > 6000, "\(algorithm) \(utilisation)")
        }
    }
}
