public import ArgumentParser
public import QUIC

extension CongestionAlgorithm: ExpressibleByArgument {}

extension PathTier: ExpressibleByArgument {
    public init?(argument: String) {
        guard let tier = PathTier.allCases.first(where: { "\($0)" == argument }) else { return nil }
        self = tier
    }

    public static var allValueStrings: [String] { allCases.map { "\($0)" } }
}

/// What of the matrix to run; without a choice, all.
struct Choice: ParsableArguments {
    @Argument(help: "Congestion controllers; BBR and CUBIC unless told.")
    var algorithms: [CongestionAlgorithm] = [.bbr, .cubic]
    @Option(name: .long, help: "The class of link.") var rate: PathTier?
    @Option(name: .customLong("rtt"), help: "Milliseconds of a round trip.") var roundTrip: UInt64?
    @Option(name: .long, help: "Datagrams of a million that are lost.") var loss: UInt64?
    @Option(name: .long, help: "What receive windows and send buffers may grow to, MiB.") var window: UInt64 = 2048
    @Option(name: .long, help: "Seconds that are measured after the first three.") var seconds: UInt64 = 2
    @Option(name: .long, help: "What chance begins with.") var seed: UInt64 = 1
    @Option(name: .long, help: "Where the client's qlog of the last run goes.") var qlog: String?

    func validate() throws {
        guard roundTrip ?? 0 <= 10_000, loss ?? 0 <= 1_000_000 else {
            throw ValidationError("a round trip is at most 10000 ms, and at most all of a million datagrams are lost")
        }
        guard (1...1 << 20).contains(window), (1...3600).contains(seconds) else {
            throw ValidationError("windows are of 1 MiB to 1 TiB, and 1 to 3600 seconds are measured")
        }
    }

    var tiers: [PathTier] { rate.map { [$0] } ?? PathTier.allCases }
    /// Milliseconds.
    var roundTrips: [UInt64] { roundTrip.map { [$0] } ?? [0, 20, 100] }
    /// In a million.
    var losses: [UInt64] { loss.map { [$0] } ?? [0, 1000, 10_000] }
    /// Bytes.
    var windowMaximum: UInt64 { window << 20 }
}
