import Foundation
import Node
import QUIC
import STOQ

/// The measuring itself.
struct BenchSTOQRun {
    let command: BenchSTOQ
    let directory: URL
    private let concurrency = 64
    private let bodyBytes = 256
    private var bytes: Int { command.megabytes * 1_000_000 }

    init(command: BenchSTOQ, directory: URL) {
        self.command = command
        self.directory = directory
    }

    func report() async throws -> BenchSTOQReport {
        Terminal.note("making a root and two certificates")
        let (near, far) = try BenchSTOQIdentity.pair()
        try far.write(to: directory)
        let input = Pipe()
        let (peer, addresses) = try startPeer(input)
        defer {
            try? input.fileHandleForWriting.close()
            peer.waitUntilExit()
        }
        let endpoint = try near.endpoint()
        do {
            let report = try await measure(endpoint, addresses)
            await endpoint.shutDown()
            return report
        } catch {
            await endpoint.shutDown()
            throw error
        }
    }

    private func startPeer(_ input: Pipe) throws -> (Process, BenchSTOQPeer.Addresses) {
        let output = Pipe()
        let peer = Process()
        peer.executableURL = URL(filePath: ThisProgram.path)
        peer.arguments = ["bench", "stoq-peer", "--directory", directory.path]
        peer.standardInput = input
        peer.standardOutput = output
        try peer.run()
        var line = Data()
        while line.last != UInt8(ascii: "\n") {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else {
                throw BenchSTOQError.noAnswer("the other process")
            }
            line += more
        }
        return (peer, try JSONDecoder().decode(BenchSTOQPeer.Addresses.self, from: line))
    }

    private func measure(
        _ endpoint: STOQEndpoint, _ addresses: BenchSTOQPeer.Addresses
    ) async throws -> BenchSTOQReport {
        let streams = try SocketAddressKey(parsing: addresses.streams)
        let services = try SocketAddressKey(parsing: addresses.services)
        let datagrams = try SocketAddressKey(parsing: addresses.datagrams)
        var reasons: [String: String] = [:]
        Terminal.note("bulk over STOQ")
        let session = try await endpoint.connect(to: streams)
        var rates: [Double] = []
        for _ in 0..<command.runs { rates.append(try await bulk(session)) }
        session.close()
        Terminal.note("bulk over TCP with TLS 1.3")
        let tls = attempt("tcp_tls", &reasons) {
            let openssl = BenchSTOQOpenSSL(directory: directory)
            try openssl.prepare()
            return try (0..<command.runs).map { _ in try openssl.rate(bytes: bytes) }
        }
        Terminal.note("bare UDP")
        let udp = attempt("udp", &reasons) {
            try (0..<command.runs).map { _ in try BenchSTOQDatagrams.rate(to: datagrams, bytes: bytes) }
        }
        let caller = try await endpoint.connect(to: services)
        let requests = try await requests(caller)
        caller.close()
        let handshakes = try await handshakes(endpoint, services)
        return BenchSTOQReport(
            runs: command.runs,
            bulk: .init(
                megabytes: command.megabytes, stoqGbps: gigabits(median(rates)), tcpTLSGbps: tls.map(gigabits),
                udpGbps: udp.map(gigabits)),
            requests: requests, handshakes: handshakes, reasons: reasons)
    }

    /// A figure that cannot be had is no reason to have none.
    private func attempt(
        _ name: String, _ reasons: inout [String: String], _ body: () throws -> [Double]
    ) -> Double? {
        do {
            return median(try body())
        } catch {
            reasons[name] = "\(error)"
            return nil
        }
    }

    /// Bits a second from the first byte written to the peer's word that it has read the last.
    private func bulk(_ session: Session) async throws -> Double {
        let chunk = [UInt8](repeating: 0x2e, count: 1_000_000)
        let stream = try await session.openStream()
        let start = ContinuousClock.now
        for _ in 0..<command.megabytes { try await stream.write(chunk) }
        try await stream.write([], finish: true)
        var answer: [UInt8] = []
        while let more = try await stream.read() { answer += more }
        let seconds = Seconds(ContinuousClock.now - start).value
        guard String(decoding: answer, as: UTF8.self) == "\(bytes)" else {
            throw BenchSTOQError.failed("the peer read another count of bytes than was sent")
        }
        return Double(bytes) * 8 / seconds
    }

    private func requests(_ session: Session) async throws -> BenchSTOQReport.Requests {
        Terminal.note("requests")
        let body = [UInt8](repeating: 0x2e, count: bodyBytes)
        for _ in 0..<min(100, command.requests) { _ = try await session.call("echo", body) }
        var runs: [(p50: Double, p99: Double, rate: Double, flood: Double)] = []
        for _ in 0..<command.runs {
            var delays: [Double] = []
            for _ in 0..<command.requests {
                let start = ContinuousClock.now
                _ = try await session.call("echo", body)
                delays.append(Seconds(ContinuousClock.now - start).value * 1e6)
            }
            delays.sort()
            let rate = 1e6 * Double(delays.count) / delays.reduce(0, +)
            runs.append(
                (delays[delays.count / 2], delays[delays.count * 99 / 100], rate, try await flood(session, body)))
        }
        return .init(
            p50Microseconds: rounded(median(runs.map(\.p50))), p99Microseconds: rounded(median(runs.map(\.p99))),
            perSecondSequential: rounded(median(runs.map(\.rate))),
            perSecondConcurrent: rounded(median(runs.map(\.flood))), concurrency: concurrency, bodyBytes: bodyBytes)
    }

    /// Requests a second with many under way.
    private func flood(_ session: Session, _ body: [UInt8]) async throws -> Double {
        let each = max(1, command.requests / concurrency)
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<concurrency {
                group.addTask { for _ in 0..<each { _ = try await session.call("echo", body) } }
            }
            try await group.waitForAll()
        }
        return Double(each * concurrency) / Seconds(ContinuousClock.now - start).value
    }

    private func handshakes(
        _ endpoint: STOQEndpoint, _ address: SocketAddressKey
    ) async throws -> BenchSTOQReport.Handshakes {
        Terminal.note("handshakes")
        var medians: [Double] = []
        var rates: [Double] = []
        for _ in 0..<command.runs {
            var delays: [Double] = []
            for _ in 0..<command.handshakes {
                let start = ContinuousClock.now
                let session = try await endpoint.connect(to: address)
                delays.append(Seconds(ContinuousClock.now - start).value * 1000)
                session.close()
            }
            medians.append(median(delays))
            rates.append(1000 * Double(delays.count) / delays.reduce(0, +))
        }
        return .init(p50Milliseconds: rounded(median(medians)), perSecond: rounded(median(rates)))
    }

    private func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }

    private func gigabits(_ bitsPerSecond: Double) -> Double { rounded(bitsPerSecond / 1e9) }

    private func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
