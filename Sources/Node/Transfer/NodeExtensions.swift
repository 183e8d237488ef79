import Canonical
import Ledger
import Logging
import STOQ
import TLS

/// What a node offers besides its services: relaying circuits, and an inbox when its owner has opened one.
struct NodeExtensions: Sendable {
    let all: [STOQExtension]
    let dialer: SessionDialer

    init(
        _ founded: NodeFoundation, directory: NodeDirectory, credentials: any CertificateSigner,
        verifier: any CertificateVerifier, logger: Logger
    ) {
        let endpoints = Dictionary(
            founded.genesis.validators.map { ($0.id, $0.endpoint) }, uniquingKeysWith: { first, _ in first })
        let dialer = SessionDialer { endpoints[$0] }
        let inbox = Inbox(directory.inbox, separatesSenders: true) { InboxLimits(reading: directory.inboxLimits) }
        if let limits = InboxLimits(reading: directory.inboxLimits) { inbox.removeAbandoned(limits) }
        let transfers = TransferService(store: inbox, shards: inbox) { result, peer in
            switch result {
            case .success(let summary):
                logger.info(
                    "object received",
                    metadata: [
                        "peer": "\(peer)", "content": "\(summary.root)", "bytes": "\(summary.size)",
                        "reused": "\(summary.bytesReused)",
                    ])
            case .failure(let error):
                logger.notice("object not taken", metadata: ["peer": "\(peer)", "reason": "\(error)"])
            }
        }
        let routing = Routing(
            RoutingConfiguration(
                own: founded.identity.id, signer: credentials, verifier: verifier, relays: true,
                exchanges: transfers.exchanges
            ) { try await dialer.session(with: $0) })
        all = [routing.asExtension] + transfers.asExtensions
        self.dialer = dialer
    }
}
