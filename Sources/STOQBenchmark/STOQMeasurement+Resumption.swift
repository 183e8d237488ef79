import QUIC
import STOQ

extension STOQMeasurement {
    /// Handshakes one after the other that each go on from the session before.
    func resumedHandshakes() async throws -> HandshakeRun {
        let address = try SocketAddressKey(parsing: target.addresses.services)
        // The answer to a call comes behind the ticket for the next session.
        let first = try await target.resuming.connect(to: address)
        _ = try await first.call("echo", [1])
        first.close()
        var runs: [HandshakeRun] = []
        for _ in 0..<plan.runs {
            var delays: [Double] = []
            var processorSeconds = 0.0
            for _ in 0..<plan.handshakes {
                let used = try target.processorSeconds()
                let start = ContinuousClock.now
                let session = try await target.resuming.connect(to: address)
                delays.append(Figures.seconds(ContinuousClock.now - start) * 1000)
                processorSeconds += try target.processorSeconds() - used
                guard session.isResumed else { throw BenchmarkError.failed("a session was not resumed") }
                _ = try await session.call("echo", [1])
                session.close()
            }
            runs.append(HandshakeRun(delays: delays, processorSeconds: processorSeconds))
        }
        return HandshakeRun(medianOf: runs)
    }
}
