import Foundation

/// What TCP with TLS 1.3 by OpenSSL does, in blocking loops without any framework.
struct TLSMeasurement: @unchecked Sendable {
    let plan: BenchmarkPlan
    let target: BenchmarkTarget
    private let library: OpenSSLLibrary
    private let context: OpaquePointer
    private let port: UInt16

    init(plan: BenchmarkPlan, target: BenchmarkTarget) throws {
        guard let port = target.addresses.tlsPort else {
            throw BenchmarkError.failed(target.addresses.tlsProblem ?? "the other process has no TLS")
        }
        self.plan = plan
        self.target = target
        self.port = port
        library = try OpenSSLLibrary()
        context = try library.makeContext(isServer: false)
    }

    private func connect(_ mode: TLSPeer.Mode) throws -> TLSClient {
        try TLSClient(library, context: context, port: port, mode: mode)
    }

    /// One connection.
    func bulk() throws -> BulkRun {
        let client = try connect(.bulk)
        try client.sendBulk(plan.bulkBytes / 10)
        return try BulkRun.measure(bytes: plan.bulkBytes, target: target) { try client.sendBulk(plan.bulkBytes) }
    }

    /// Several connections at the same time, each with a thread at both ends.
    func bulk(connections: Int) async throws -> BulkRun {
        let each = plan.bulkBytes / connections
        let clients = try (0..<connections).map { _ in try connect(.bulk) }
        return try await BulkRun.measure(bytes: each * connections, target: target) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for client in clients { group.addTask { try await Self.onThread { try client.sendBulk(each) } } }
                try await group.waitForAll()
            }
        }
    }

    private static func onThread(_ body: @escaping @Sendable () throws -> Void) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
        }
    }

    /// Requests over one connection: one at a time, then many sent ahead of their answers.
    func requests() throws -> RequestRun {
        let client = try connect(.echo)
        var block = [UInt8](repeating: 0x2e, count: BenchmarkPlan.requestBytes)
        for _ in 0..<min(200, plan.requests) { try client.exchange(&block) }
        var runs: [RequestRun] = []
        for _ in 0..<plan.runs {
            var delays: [Double] = []
            for _ in 0..<plan.requests {
                let start = ContinuousClock.now
                try client.exchange(&block)
                delays.append(Figures.seconds(ContinuousClock.now - start) * 1e6)
            }
            let rounds = max(1, plan.requests / BenchmarkPlan.concurrency)
            let start = ContinuousClock.now
            for _ in 0..<rounds { try client.exchange(&block, count: BenchmarkPlan.concurrency) }
            let seconds = Figures.seconds(ContinuousClock.now - start)
            runs.append(
                RequestRun(delays: delays, perSecondConcurrent: Double(rounds * BenchmarkPlan.concurrency) / seconds))
        }
        return RequestRun(medianOf: runs)
    }

    /// Whole handshakes one after the other, the server with ECDSA P-256, the client without a certificate.
    func handshakes() throws -> HandshakeRun {
        var runs: [HandshakeRun] = []
        for _ in 0..<plan.runs {
            var delays: [Double] = []
            let used = try target.processorSeconds()
            for _ in 0..<plan.handshakes {
                let start = ContinuousClock.now
                var block = [UInt8](repeating: 0, count: BenchmarkPlan.requestBytes)
                let client = try connect(.echo)
                try client.exchange(&block)
                delays.append(Figures.seconds(ContinuousClock.now - start) * 1000)
            }
            runs.append(HandshakeRun(delays: delays, processorSeconds: try target.processorSeconds() - used))
        }
        return HandshakeRun(medianOf: runs)
    }

    /// Resident bytes that the other process grows by for each idle connection; buffers in the kernel are not counted.
    func memory() throws -> Int {
        let before = try ProcessUsage(of: target.process).residentBytes
        let clients = try (0..<plan.idleConnections).map { _ in try connect(.idle) }
        // The last one's answer shows that those before it were taken.
        var block = [UInt8](repeating: 0, count: BenchmarkPlan.requestBytes)
        try connect(.echo).exchange(&block)
        let grown = try ProcessUsage(of: target.process).residentBytes - before
        withExtendedLifetime(clients) {}
        return max(0, grown) / plan.idleConnections
    }
}
