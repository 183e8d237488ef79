import ArgumentParser
import Glibc
import Logging
import QUIC
import STOQ

/// A server and a client in this process with a lossy relay between them that changes its port, so that the client seems
/// to move. Streams up and down, requests, datagrams and given-up streams go on all the time; every byte is checked, keys
/// are updated, memory is sampled. Ends with 1 when a byte was wrong or a load failed.
@main
struct StoqSoak: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stoq-soak", abstract: "Mixed load over a lossy relay, with every byte checked.")

    @OptionGroup var options: SoakOptions

    func run() async throws {
        let server = try STOQIdentity(name: "soak server")
        let client = try STOQIdentity(name: "soak client")
        let near = try Self.endpoint(client, trusting: server)
        let far = try Self.endpoint(server, trusting: client)
        let relay = try LossyRelay(to: far.localAddress, lossThousandths: options.loss)
        relay.start()
        let tally = SoakTally()
        let service = Task { await SoakService().serve(far) }
        let load = SoakLoad(
            endpoint: near, address: relay.address, tally: tally, bytesPerSecond: options.bytesPerSecond)
        let clock = ContinuousClock()
        let start = clock.now
        let work = Task { await load.run() }
        var samples: [Int] = []
        var rebindings = 0
        var next = start
        while clock.now - start < .seconds(60 * options.minutes) {
            next += .seconds(options.rebind)
            try await clock.sleep(until: next)
            relay.rebind()
            rebindings += 1
            let resident = ResidentMemory.bytes
            samples.append(resident)
            print(tally.line(seconds: (clock.now - start).components.seconds, resident: resident, rebindings))
            // A log shows each line when it is written.
            fflush(nil)
        }
        work.cancel()
        await work.value
        service.cancel()
        await near.shutDown()
        await far.shutDown()
        relay.stop()
        guard Self.summary(samples, tally) else { throw ExitCode.failure }
    }

    private static func endpoint(_ identity: STOQIdentity, trusting peer: STOQIdentity) throws -> STOQEndpoint {
        var logger = Logger(label: "soak")
        logger.logLevel = .notice
        var configuration = try STOQConfiguration(
            identity: identity, trust: .peers([peer.id]), address: "[::1]:0", logger: logger)
        configuration.transport.packetsPerKeyPhase = 20_000
        configuration.transport.keepAliveIntervalNanoseconds = 5_000_000_000
        return try STOQEndpoint(configuration)
    }

    /// Memory of the second and of the last tenth, and what went wrong.
    private static func summary(_ samples: [Int], _ tally: SoakTally) -> Bool {
        let tenth = max(1, samples.count / 10)
        let early = samples.dropFirst(tenth).prefix(tenth).sorted()
        let late = samples.suffix(tenth).sorted()
        let before = early.isEmpty ? 0 : early[early.count / 2]
        let after = late.isEmpty ? 0 : late[late.count / 2]
        let counts = tally.counts
        print(
            "resident memory: median \(before >> 10) KiB in the second tenth, \(after >> 10) KiB in the last, most "
                + "\((samples.max() ?? 0) >> 10) KiB")
        print("corrupted: \(counts.corrupted)  failed: \(counts.failed)  \(counts.failures.joined(separator: " | "))")
        return counts.corrupted == 0 && counts.failed == 0 && counts.streams > 0
    }
}
