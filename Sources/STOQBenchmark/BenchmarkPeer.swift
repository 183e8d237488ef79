package import Foundation
import Logging
import QUIC
import STOQ

/// The other process: takes bulk data, answers requests, counts datagrams, until its input ends.
package struct BenchmarkPeer: Sendable {
    let directory: URL

    /// Where the peer listens, as it says on its standard output.
    struct Addresses: Codable {
        let streams: String
        let services: String
        let datagrams: String
        /// Nil without OpenSSL.
        let tlsPort: UInt16?
        let tlsProblem: String?
    }

    /// - Parameter directory: what the first process left there.
    package init(directory: URL) {
        self.directory = directory
    }

    /// Serves until standard input ends.
    package func run() async throws {
        let identity = try BenchmarkIdentity(directory: directory)
        let streams = try identity.endpoint()
        let services = try identity.endpoint()
        let counter = try BareDatagrams.Counter()
        let tls = Result { try TLSPeer(directory: directory) }
        let (port, problem) =
            switch tls {
            case .success(let peer): (peer.port as UInt16?, nil as String?)
            case .failure(let error): (nil, "\(error)")
            }
        _ = try? tls.get().start()
        counter.start()
        let addresses = Addresses(
            streams: streams.localAddress.text, services: services.localAddress.text, datagrams: counter.address,
            tlsPort: port, tlsProblem: problem)
        FileHandle.standardOutput.write(try JSONEncoder().encode(addresses) + Data([10]))
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
        await withDiscardingTaskGroup { group in
            for await session in endpoint.sessions {
                group.addTask(executorPreference: session.executor) {
                    for await stream in session.incomingStreams { await take(stream) }
                }
                group.addTask(executorPreference: session.executor) { await countDatagrams(of: session) }
            }
        }
    }

    /// A datagram of one byte asks how many have come.
    private func countDatagrams(of session: Session) async {
        var count = 0
        for await datagram in session.datagrams {
            guard datagram.count == 1 else {
                count += 1
                continue
            }
            _ = try? await session.sendDatagram(Array("\(count)".utf8))
        }
    }

    /// Reads a stream to its end and says how long it was.
    private func take(_ stream: STOQStream) async {
        do {
            var count = 0
            var bytes: [UInt8] = []
            while try await stream.read(into: &bytes, maximum: 1 << 20) { count += bytes.count }
            try await stream.write(Array("\(count)".utf8), finish: true)
        } catch {
            FileHandle.standardError.write(Data("bench peer: \(error)\n".utf8))
        }
    }

    private func answer(on endpoint: STOQEndpoint) async {
        var host = ServiceHost(logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
        host.call("echo") { (body, _) async throws(ServiceFailure) in body }
        let services = host
        await withDiscardingTaskGroup { group in
            for await session in endpoint.sessions {
                group.addTask(executorPreference: session.executor) { await services.serve(session) }
            }
        }
    }
}
