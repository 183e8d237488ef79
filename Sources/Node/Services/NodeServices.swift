import Canonical
import Ledger
import Logging
import ProofOfState
import STOQ

/// What a node tells members of the mesh about itself and the ledger.
struct NodeServices: Sendable {
    let chain: Chain
    let status: @Sendable () async -> NodeStatus
    let extensions: [STOQExtension]
    let logger: Logger

    func host() -> ServiceHost {
        var host = ServiceHost(logger: logger)
        host.call(NodeService.status) { (_, _) async throws(ServiceFailure) in await status().canonicalBytes }
        host.call(NodeService.context) { (body, _) async throws(ServiceFailure) in
            try await submissionContext(ServiceBody.decode(SubmissionContextRequest.self, body)).canonicalBytes
        }
        host.call(NodeService.account) { (body, _) async throws(ServiceFailure) in
            let id = try ServiceBody.decode(NodeID.self, body)
            return await chain.read { $0.accountReport(id) }.canonicalBytes
        }
        host.call(NodeService.job) { (body, _) async throws(ServiceFailure) in
            try await job(ServiceBody.decode(JobID.self, body)).canonicalBytes
        }
        host.call(NodeService.program) { (body, _) async throws(ServiceFailure) in
            let id = try ServiceBody.decode(ProgramID.self, body)
            return await chain.read { $0.program(id) != nil }.canonicalBytes
        }
        host.call(NodeService.certificate) { (body, _) async throws(ServiceFailure) in
            let digest = try ServiceBody.decode(Digest.self, body)
            let standing = await chain.read { $0.certificate(digest) }
            return CertificateStandingReport(
                isRecorded: standing != nil, isRevoked: standing?.isRevoked ?? false
            ).canonicalBytes
        }
        host.call(NodeService.certificateLog) { (_, _) async throws(ServiceFailure) in
            await chain.read { $0.certificateLogReport() }.canonicalBytes
        }
        for extended in extensions { host.add(extended) }
        return host
    }

    private func submissionContext(_ request: SubmissionContextRequest) async throws(ServiceFailure)
        -> SubmissionContext
    {
        guard let context = await chain.submissionContext(subject: request.subject, kind: request.kind) else {
            throw ServiceFailure(code: "ledger.unknown-kind", message: "there is no operation kind \(request.kind)")
        }
        return context
    }

    private func job(_ id: JobID) async throws(ServiceFailure) -> JobReport {
        guard let report = await chain.read({ $0.jobReport(id) }) else {
            throw ServiceFailure(code: "catalog.unknown-job", message: "there is no job \(id)")
        }
        return report
    }
}
