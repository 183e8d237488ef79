import Canonical
import Ledger
import Logging
import ProofOfState
import STOQ

/// The channels between validators, and the services through which operations come in.
struct ReplicaServices<Application: ReplicatedApplication>: Sendable {
    private let chain: ReplicatedChain<Application>
    private let checker: FalconSignatureChecker
    private let context: SigningContext
    private let validators: ValidatorSet
    private let finality: FinalityTable
    private let logger: Logger

    init(_ replica: Replica<Application>, logger: Logger) {
        chain = replica.chain
        checker = replica.founded.checker
        context = replica.founded.signingContext
        validators = replica.founded.validators
        finality = replica.finality
        self.logger = logger
    }

    func added(to host: ServiceHost) -> ServiceHost {
        var host = host
        host.channel(NodeService.consensus) { messages, peer in
            for message in messages { await receiveVote(message, from: peer) }
        }
        host.channel(NodeService.gossip) { messages, peer in await receiveGossip(messages, from: peer) }
        host.call(NodeService.submit) { (body, _) async throws(ServiceFailure) in
            try await submit(body).digest.canonicalBytes
        }
        host.call(NodeService.settle) { (body, _) async throws(ServiceFailure) in
            try await receipt(of: try await submit(body, acceptsWaiting: true)).canonicalBytes
        }
        host.call(NodeService.wait) { (body, _) async throws(ServiceFailure) in
            try await receipt(of: ServiceBody.decode(OperationID.self, body)).canonicalBytes
        }
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
}
