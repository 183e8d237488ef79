package import Canonical
package import Logging
import QUIC
package import STOQ
import TrustChain

/// A process that takes files for a member of the mesh, on an endpoint of its own: from whoever can dial it, and through the
/// relays with which it registers.
package final class Receiver: Sendable {
    /// Where it listens.
    package let address: String
    package let id: NodeID
    private let endpoint: STOQEndpoint
    private let host: ServiceHost
    private let routing: Routing
    private let attachments: [RelayAttachment]

    /// - Parameters:
    ///   - identity: must have a certificate for serving.
    ///   - relays: that pass on to it what comes for it.
    ///   - changed: hears how it stands with them.
    ///   - ended: hears of every object that was taken, or not.
    package init(
        directory: MeshDirectory, identity: IdentityDirectory, address text: String, folder: String,
        limits: InboxLimits, relays: [MeshDescription.Member] = [], logger: Logger,
        changed: @escaping @Sendable (RelayState) -> Void = { _ in },
        ended: @escaping @Sendable (Result<TransferSummary, STOQError>, NodeID) -> Void
    ) throws(NodeError) {
        let files = try IdentityFiles(reading: identity)
        let rootText = try PrivateFile.readText(directory.authority)
        let inbox = Inbox(folder, separatesSenders: false) { limits }
        let transfers = TransferService(store: inbox, shards: inbox, ended: ended)
        let credentials: MeshCredentials
        let trust: TrustView
        do throws(TrustChainError) {
            credentials = try MeshCredentials(chain: files.chain, key: files.key)
            trust = TrustView(root: try TrustChain.Certificate(pem: rootText))
        } catch {
            throw .trust(error)
        }
        let verifier = MeshVerifier(trust: { trust.current })
        let routing = Routing(
            RoutingConfiguration(
                own: files.id, signer: credentials, verifier: verifier, relays: false, exchanges: transfers.exchanges
            ) { throw STOQError.route(.unknownNode("\($0)")) })
        let extensions = [routing.asExtension] + transfers.asExtensions
        do throws(STOQError) {
            var configuration = STOQConfiguration(
                address: try SocketAddressKey(parsing: text), signer: credentials,
                verifier: verifier, logger: logger)
            configuration.transport = .mesh
            configuration.secret = credentials.endpointSecret
            configuration.extensions = extensions
            endpoint = try STOQEndpoint(configuration)
        } catch {
            throw .stoq(error)
        }
        var host = ServiceHost(logger: logger)
        for extended in extensions { host.add(extended) }
        let services = host
        self.host = host
        self.routing = routing
        let endpoint = endpoint
        attachments = relays.map {
            RelayAttachment(relay: $0, endpoint: endpoint, host: services, changed: changed)
        }
        inbox.removeAbandoned(limits)
        address = endpoint.localAddress.text
        id = files.id
    }

    /// Serves until the task is cancelled.
    package func run() async {
        let attaching = attachments.map { attachment in Task { await attachment.run() } }
        await withTaskCancellationHandler {
            await withTaskGroup(of: Void.self) { group in
                for await session in endpoint.sessions { group.addTask { await self.host.serve(session) } }
                group.cancelAll()
            }
        } onCancel: {
            Task {
                await circuitsEnd()
                for task in attaching { task.cancel() }
                await endpoint.shutDown()
            }
        }
        for task in attaching { await task.value }
    }

    /// The relays of a circuit still have to hear that its ends are done, or the origin gets no receipts.
    private func circuitsEnd() async {
        let end = ContinuousClock.now + .seconds(2)
        while routing.circuits > 0, ContinuousClock.now < end {
            guard (try? await Task.sleep(for: .milliseconds(20))) != nil else { return }
        }
    }
}
