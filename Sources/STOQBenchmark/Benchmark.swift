package import Foundation
import QUIC
import STOQ

/// Measures STOQ between two processes on this machine, beside TCP with TLS 1.3 and bare UDP.
package struct Benchmark: Sendable {
    let plan: BenchmarkPlan
    let directory: URL
    /// The program and its arguments that run a ``BenchmarkPeer``; the directory is added to them.
    let peer: [String]
    /// Calls of the memory allocator in this process so far, where the program counts them.
    let allocations: (@Sendable () -> UInt64)?
    /// Called with what is measured next.
    let progress: @Sendable (String) -> Void

    /// - Parameter directory: empty, and only this user may enter it.
    package init(
        plan: BenchmarkPlan, directory: URL, peer: [String], allocations: (@Sendable () -> UInt64)? = nil,
        progress: @escaping @Sendable (String) -> Void
    ) {
        self.plan = plan
        self.directory = directory
        self.peer = peer
        self.allocations = allocations
        self.progress = progress
    }

    /// Measures everything. What cannot be measured is missing, with the reason.
    package func report() async throws -> BenchmarkReport {
        progress("making a root and two certificates")
        let (near, far) = try BenchmarkIdentity.pair()
        try far.write(to: directory)
        var reasons: [String: String] = [:]
        do { try TLSCertificate.make(in: directory) } catch { reasons["tcp_tls"] = "\(error)" }
        let input = Pipe()
        let (process, addresses) = try startPeer(input)
        defer {
            try? input.fileHandleForWriting.close()
            process.waitUntilExit()
        }
        let endpoint = try near.endpoint(resumesSessions: false)
        let resuming = try near.endpoint()
        do {
            let target = BenchmarkTarget(
                endpoint: endpoint, resuming: resuming, addresses: addresses, process: process.processIdentifier)
            let report = try await measure(target, &reasons)
            await endpoint.shutDown()
            await resuming.shutDown()
            return report
        } catch {
            await endpoint.shutDown()
            await resuming.shutDown()
            throw error
        }
    }

    private func startPeer(_ input: Pipe) throws -> (Process, BenchmarkPeer.Addresses) {
        guard let program = peer.first else { throw BenchmarkError.failed("no program for the other process") }
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = peer.dropFirst() + [directory.path]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while line.last != UInt8(ascii: "\n") {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw BenchmarkError.noAnswer("the other process") }
            line += more
        }
        return (process, try JSONDecoder().decode(BenchmarkPeer.Addresses.self, from: line))
    }

    private func measure(_ target: BenchmarkTarget, _ reasons: inout [String: String]) async throws -> BenchmarkReport {
        let tls = attempt("tcp_tls", &reasons) { try TLSMeasurement(plan: plan, target: target) }
        let stoq = STOQMeasurement(plan: plan, target: target, allocations: allocations)
        // First, while the other process has no memory of earlier work to use again.
        progress("idle connections")
        let memory = try await stoq.memory()
        let tlsMemory = attempt("tcp_tls", &reasons) { try tls?.memory() } ?? nil
        // The three kinds of bulk take turns, so that a slow spell of the machine hits all.
        var one: (stoq: [BulkRun], tls: [BulkRun], udp: [Double]) = ([], [], [])
        var many: (stoq: [BulkRun], tls: [BulkRun]) = ([], [])
        for run in 1...plan.runs {
            progress("bulk, run \(run)")
            one.stoq.append(try await stoq.bulk())
            many.stoq.append(try await stoq.bulk(connections: plan.connections))
            if let tls, let first = attempt("tcp_tls", &reasons, { try tls.bulk() }) {
                one.tls.append(first)
                many.tls.append(try await tls.bulk(connections: plan.connections))
            }
            let rate = attempt("udp", &reasons) {
                try BareDatagrams.rate(
                    to: SocketAddressKey(parsing: target.addresses.datagrams), bytes: plan.bulkBytes)
            }
            if let rate { one.udp.append(rate) }
        }
        progress("requests")
        let requests = try await stoq.requests()
        let tlsRequests = attempt("tcp_tls", &reasons) { try tls?.requests() } ?? nil
        progress("datagrams")
        let datagrams = try await stoq.datagrams()
        progress("handshakes")
        let handshakes = try await stoq.handshakes()
        let resumed = try await stoq.resumedHandshakes()
        let tlsHandshakes = attempt("tcp_tls", &reasons) { try tls?.handshakes() } ?? nil
        return BenchmarkReport(
            plan: plan, bulk: .init(stoq: one.stoq, tls: one.tls, udp: one.udp, megabytes: plan.megabytes),
            many: .init(stoq: many.stoq, tls: many.tls, udp: [], megabytes: plan.megabytes),
            requests: .init(stoq: requests, tls: tlsRequests),
            datagrams: datagrams, handshakes: .init(stoq: handshakes, resumed: resumed, tls: tlsHandshakes),
            memory: .init(connections: plan.idleConnections, stoq: memory, tls: tlsMemory), reasons: reasons)
    }

    /// A figure that cannot be had is no reason to have none.
    private func attempt<Value>(_ name: String, _ reasons: inout [String: String], _ body: () throws -> Value) -> Value?
    {
        do {
            return try body()
        } catch {
            reasons[name] = reasons[name] ?? "\(error)"
            return nil
        }
    }
}
