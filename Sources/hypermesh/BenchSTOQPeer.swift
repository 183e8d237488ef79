import ArgumentParser
import Foundation
import Logging
import QUIC
import STOQ

/// The other process of `bench stoq`: takes bulk data, answers requests, counts datagrams, until its input ends.
struct BenchSTOQPeer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stoq-peer", abstract: "The other end of 'bench stoq'.", shouldDisplay: false)

    @Option(name: .long) var directory: String

    /// Where the peer listens, as it says on its standard output.
    struct Addresses: Codable {
        let streams: String
        let services: String
        let datagrams: String
    }

    func run() async throws {
        let identity = try BenchSTOQIdentity(directory: URL(filePath: directory))
        let streams = try identity.endpoint()
        let services = try identity.endpoint()
        let counter = try BenchSTOQDatagrams.Counter()
        let addresses = Addresses(
            streams: streams.localAddress.text, services: services.localAddress.text, datagrams: counter.address)
        counter.start()
        Terminal.say(String(decoding: try JSONEncoder().encode(addresses), as: UTF8.self))
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await takeStreams(of: streams) }
            group.addTask { await answer(on: services) }
            await Self.inputEnd()
            await streams.shutDown()
            await services.shutDown()
        }
    }

    /// The parent holds the other end of standard input for as long as it wants this process.
    private static func inputEnd() async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                while !FileHandle.standardInput.availableData.isEmpty {}
                continuation.resume()
            }
        }
    }

    private func takeStreams(of endpoint: STOQEndpoint) async {
        await withTaskGroup(of: Void.self) { group in
            for await session in endpoint.sessions {
                group.addTask { for await stream in session.incomingStreams { await take(stream) } }
            }
        }
    }

    /// Reads a stream to its end and says how long it was.
    private func take(_ stream: STOQStream) async {
        do {
            var count = 0
            while let bytes = try await stream.read(maximum: 1 << 20) { count += bytes.count }
            try await stream.write(Array("\(count)".utf8), finish: true)
        } catch {
            Terminal.note("bench peer: \(error)")
        }
    }

    private func answer(on endpoint: STOQEndpoint) async {
        var host = ServiceHost(logger: Terminal.quietLogger)
        host.call("echo") { (body, _) async throws(ServiceFailure) in body }
        let services = host
        await withTaskGroup(of: Void.self) { group in
            for await session in endpoint.sessions { group.addTask { await services.serve(session) } }
        }
    }
}
