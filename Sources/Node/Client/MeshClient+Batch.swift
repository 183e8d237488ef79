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

    /// Submits prepared envelopes, at most 64 under way at a time, and waits until the last is final.
    package func submit(prepared envelopes: [[UInt8]]) async throws {
        guard let last = envelopes.last else { return }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, bytes) in envelopes.enumerated() {
                if index >= 64 { try await group.next() }
                group.addTask {
                    let _: Digest = try await self.callAny(NodeService.submit, bytes)
                }
            }
            try await group.waitForAll()
        }
        let id = try Envelope(canonicalBytes: last).id
        let _: FinalReceipt = try await callAny(NodeService.wait, id.canonicalBytes, deadline: .seconds(120))
    }

    /// What the ledger knows of a certificate.
    package func standing(of certificate: Digest) async throws -> CertificateStandingReport {
        try await callAny(NodeService.certificate, certificate.canonicalBytes)
    }
}
