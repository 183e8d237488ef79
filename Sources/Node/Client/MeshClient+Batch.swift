package import Canonical
package import Ledger
import ProofOfState

extension MeshClient {
    /// Proves and signs `count` copies of an operation with consecutive numbers.
    package func prepare(_ operation: Ledger.Operation, count: Int) async throws -> [[UInt8]] {
        var context = try await context(for: operation.kind)
        return try (0..<count).map { _ in
            let bytes = try envelope(for: operation, context: context).canonicalBytes
            context.nextSequence += 1
            return bytes
        }
    }

    /// Submits a canonical envelope and waits until its operation is final.
    package func settle(_ envelope: [UInt8], deadline: Duration = .seconds(60)) async throws -> FinalReceipt {
        try await callAny(NodeService.settle, envelope, deadline: deadline)
    }

    /// Submits prepared envelopes, always `width` of them under way until each is final.
    /// - Returns: how long each took, from submission to finality.
    package func settle(prepared envelopes: [[UInt8]], width: Int) async throws -> [Duration] {
        try await withThrowingTaskGroup(of: Duration.self) { group in
            var delays: [Duration] = []
            for (index, bytes) in envelopes.enumerated() {
                if index >= max(width, 1), let delay = try await group.next() { delays.append(delay) }
                group.addTask {
                    let start = ContinuousClock.now
                    _ = try await self.settle(bytes)
                    return ContinuousClock.now - start
                }
            }
            for try await delay in group { delays.append(delay) }
            return delays
        }
    }

    /// What the ledger knows of a certificate.
    package func standing(of certificate: Digest) async throws -> CertificateStandingReport {
        try await callAny(NodeService.certificate, certificate.canonicalBytes)
    }
}
