import Canonical
import Ledger
import Logging
import ProofOfState
import STOQ

/// The services that a node offers to members of the mesh, and the channels between validators.
struct NodeServices: Sendable {
    let chain: Chain
    let checker: FalconSignatureChecker
    let context: SigningContext
    let validators: ValidatorSet
    let finality: FinalityTable
    let status: @Sendable () async -> NodeStatus
    let extensions: [STOQExtension]
    let logger: Logger

    func host() -> ServiceHost {
        var host = ServiceHost(logger: logger)
        host.channel(NodeService.consensus) { messages, peer in
            for message in messages { await receiveVote(message, from: peer) }
        }
        host.channel(NodeService.gossip) { messages, peer in await receiveGossip(messages, from: peer) }
        host.call(NodeService.status) { (_, _) async throws(ServiceFailure) in await status().canonicalBytes }
        host.call(NodeService.submit) { (body, _) async throws(ServiceFailure) in
            try await submit(body).digest.canonicalBytes
        }
        host.call(NodeService.settle) { (body, _) async throws(ServiceFailure) in
            try await receipt(of: try await submit(body, acceptsWaiting: true)).canonicalBytes
        }
        host.call(NodeService.wait) { (body, _) async throws(ServiceFailure) in
            try await receipt(of: decode(OperationID.self, body)).canonicalBytes
        }
        host.call(NodeService.context) { (body, _) async throws(ServiceFailure) in
            try await submissionContext(decode(SubmissionContextRequest.self, body)).canonicalBytes
        }
        host.call(NodeService.account) { (body, _) async throws(ServiceFailure) in
            let id = try decode(NodeID.self, body)
            return await chain.read { $0.accountReport(id) }.canonicalBytes
        }
        host.call(NodeService.job) { (body, _) async throws(ServiceFailure) in
            try await job(decode(JobID.self, body)).canonicalBytes
        }
        host.call(NodeService.program) { (body, _) async throws(ServiceFailure) in
            let id = try decode(ProgramID.self, body)
            return await chain.read { $0.program(id) != nil }.canonicalBytes
        }
        host.call(NodeService.certificate) { (body, _) async throws(ServiceFailure) in
            let digest = try decode(Digest.self, body)
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

    // MARK: Validators

    private func receiveVote(_ bytes: [UInt8], from session: Session) async {
        guard let peer = validator(session) else {
            return logger.warning(
                "consensus message from a stranger", metadata: ["peer": "\(session.remoteAddress.text)"])
        }
        do throws(BCSError) {
            let message = try ConsensusMessage(canonicalBytes: bytes)
            guard message.requiredSignatures(in: context).allSatisfy(checker.isValid) else {
                return logger.warning("bad signature in a consensus message", metadata: ["peer": "\(peer.rawValue)"])
            }
            await chain.receive(message, from: peer)
        } catch {
            logger.warning(
                "malformed consensus message", metadata: ["peer": "\(peer.rawValue)", "reason": "\(error)"])
        }
    }

    private func receiveGossip(_ envelopes: [[UInt8]], from session: Session) async {
        guard validator(session) != nil else { return }
        for refusal in await chain.admitGossip(envelopes) {
            // Operations come from several sides; only news is worth a line.
            logger.debug("gossip not taken", metadata: ["reason": "\(refusal)"])
        }
    }

    private func validator(_ session: Session) -> PeerID? {
        guard let id = try? session.peerID(), let index = validators.index(of: id) else { return nil }
        return PeerID(index)
    }

    // MARK: Members

    private func submit(
        _ envelope: [UInt8], acceptsWaiting: Bool = false
    ) async throws(ServiceFailure) -> OperationID {
        do throws(NodeError) {
            return try await chain.admit(envelope)
        } catch {
            if acceptsWaiting, case .mempool(.duplicate(let id)) = error { return id }
            throw ServiceFailure(code: "ledger.refused", message: "\(error)")
        }
    }

    private func receipt(of id: OperationID) async throws(ServiceFailure) -> FinalReceipt {
        guard let receipt = await finality.receipt(of: id) else {
            throw ServiceFailure(code: "cancelled", message: "the wait was cancelled")
        }
        return receipt
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

    private func decode<T: CanonicalDecodable>(_: T.Type, _ bytes: [UInt8]) throws(ServiceFailure) -> T {
        do throws(BCSError) {
            return try T(canonicalBytes: bytes)
        } catch {
            throw ServiceFailure(code: "malformed", message: "\(error)")
        }
    }
}
