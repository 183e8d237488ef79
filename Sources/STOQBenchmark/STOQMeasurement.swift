import Foundation
import QUIC
import STOQ

/// What STOQ does.
struct STOQMeasurement: Sendable {
    let plan: BenchmarkPlan
    let target: BenchmarkTarget
    let allocations: (@Sendable () -> UInt64)?

    private func connect() async throws -> Session {
        try await target.endpoint.connect(to: SocketAddressKey(parsing: target.addresses.streams))
    }

    /// One stream of one connection, from the first byte written to the peer's word that it has read the last. The
    /// connection is new; a tenth of the bytes goes ahead untimed, so that it has found its pace and datagram size.
    func bulk() async throws -> BulkRun {
        let session = try await connect()
        defer { session.close() }
        try await send(plan.bulkBytes / 10, over: session)
        let before = try await session.statistics()
        let counted = allocations?()
        var run = try await BulkRun.measure(bytes: plan.bulkBytes, target: target) {
            try await send(plan.bulkBytes, over: session)
        }
        if let counted, let now = allocations?() {
            run.allocationsPerMegabyte = Double(now - counted) / Double(plan.megabytes)
        }
        let after = try await session.statistics()
        run.copiesPerByte = Double(after.streamBytesCopied - before.streamBytesCopied) / Double(plan.bulkBytes)
        let repeated = after.streamBytesRetransmitted - before.streamBytesRetransmitted
        run.repeatedPercent = 100 * Double(repeated) / Double(plan.bulkBytes)
        return run
    }

    /// One stream each of several connections at the same time.
    func bulk(connections: Int) async throws -> BulkRun {
        var sessions: [Session] = []
        defer { for session in sessions { session.close() } }
        for _ in 0..<connections { sessions.append(try await connect()) }
        let each = plan.bulkBytes / connections
        let opened = sessions
        return try await BulkRun.measure(bytes: each * connections, target: target) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for session in opened { group.addTask { try await send(each, over: session) } }
                try await group.waitForAll()
            }
        }
    }

    /// On the endpoint's thread, as whoever wants to be fast does.
    private func send(_ bytes: Int, over session: Session) async throws {
        try await withTaskExecutorPreference(session.executor) { try await sendHere(bytes, over: session) }
    }

    private func sendHere(_ bytes: Int, over session: Session) async throws {
        let chunk = [UInt8](repeating: 0x2e, count: 1 << 20)
        let stream = try await session.openStream()
        var left = bytes
        while left > 0 {
            try await stream.write(left >= chunk.count ? chunk : Array(chunk.prefix(left)))
            left -= min(left, chunk.count)
        }
        try await stream.write([], finish: true)
        var answer: [UInt8] = []
        while let more = try await stream.read() { answer += more }
        guard String(decoding: answer, as: UTF8.self) == "\(bytes)" else {
            throw BenchmarkError.failed("the peer read another count of bytes than was sent")
        }
    }

    /// Requests to a service, each a stream of its own: one at a time, then many under way.
    func requests() async throws -> RequestRun {
        let session = try await target.endpoint.connect(to: SocketAddressKey(parsing: target.addresses.services))
        defer { session.close() }
        return try await withTaskExecutorPreference(session.executor) { try await requests(of: session) }
    }

    private func requests(of session: Session) async throws -> RequestRun {
        let body = [UInt8](repeating: 0x2e, count: BenchmarkPlan.requestBytes)
        for _ in 0..<min(200, plan.requests) { _ = try await session.call("echo", body) }
        var runs: [RequestRun] = []
        for _ in 0..<plan.runs {
            var delays: [Double] = []
            for _ in 0..<plan.requests {
                let start = ContinuousClock.now
                _ = try await session.call("echo", body)
                delays.append(Figures.seconds(ContinuousClock.now - start) * 1e6)
            }
            runs.append(RequestRun(delays: delays, perSecondConcurrent: try await flood(session, body)))
        }
        return RequestRun(medianOf: runs)
    }

    private func flood(_ session: Session, _ body: [UInt8]) async throws -> Double {
        let each = max(1, plan.requests / BenchmarkPlan.concurrency)
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<BenchmarkPlan.concurrency {
                group.addTask { for _ in 0..<each { _ = try await session.call("echo", body) } }
            }
            try await group.waitForAll()
        }
        return Double(each * BenchmarkPlan.concurrency) / Figures.seconds(ContinuousClock.now - start)
    }

    /// Datagrams as fast as several tasks can give them to the connection.
    func datagrams() async throws -> DatagramRun {
        var runs: [DatagramRun] = []
        for _ in 0..<plan.runs {
            let session = try await connect()
            defer { session.close() }
            let each = max(1, plan.datagrams / 16)
            let start = ContinuousClock.now
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<16 {
                    group.addTask(executorPreference: session.executor) {
                        try await sendDatagrams(each, over: session)
                    }
                }
                try await group.waitForAll()
            }
            let seconds = Figures.seconds(ContinuousClock.now - start)
            runs.append(DatagramRun(sent: each * 16, arrived: try await arrived(at: session), seconds: seconds))
        }
        return DatagramRun(medianOf: runs)
    }

    private func sendDatagrams(_ count: Int, over session: Session) async throws {
        let payload = [UInt8](repeating: 0x2e, count: BenchmarkPlan.datagramBytes)
        let batch = [[UInt8]](repeating: payload, count: BenchmarkPlan.datagramsPerCall)
        var sent = 0
        while sent < count {
            do {
                sent += try await session.sendDatagrams(Array(batch.prefix(count - sent)))
            } catch STOQError.quic(.datagramQueueFull) {
                await Task.yield()
            }
        }
    }

    /// Asks until an answer comes, since question and answer are datagrams too.
    private func arrived(at session: Session) async throws -> Int {
        let answer = Task {
            for await datagram in session.datagrams { return Int(String(decoding: datagram, as: UTF8.self)) }
            return nil
        }
        let asking = Task {
            while !Task.isCancelled {
                _ = try? await session.sendDatagram([0])
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        defer { asking.cancel() }
        guard let count = await answer.value else { throw BenchmarkError.noAnswer("the other process") }
        return count
    }

    /// Whole handshakes one after the other, FALCON-1024 on both ends.
    func handshakes() async throws -> HandshakeRun {
        let address = try SocketAddressKey(parsing: target.addresses.services)
        var runs: [HandshakeRun] = []
        for _ in 0..<plan.runs {
            var delays: [Double] = []
            let used = try target.processorSeconds()
            for _ in 0..<plan.handshakes {
                let start = ContinuousClock.now
                let session = try await target.endpoint.connect(to: address)
                delays.append(Figures.seconds(ContinuousClock.now - start) * 1000)
                session.close()
            }
            runs.append(HandshakeRun(delays: delays, processorSeconds: try target.processorSeconds() - used))
        }
        return HandshakeRun(medianOf: runs)
    }

    /// Resident bytes that the other process grows by for each idle connection.
    func memory() async throws -> Int {
        let before = try ProcessUsage(of: target.process).residentBytes
        var sessions: [Session] = []
        for _ in 0..<plan.idleConnections { sessions.append(try await connect()) }
        let grown = try ProcessUsage(of: target.process).residentBytes - before
        for session in sessions { session.close() }
        return max(0, grown) / plan.idleConnections
    }
}
