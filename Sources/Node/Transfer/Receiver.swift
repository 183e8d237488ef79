package import Canonical
package import Logging
import QUIC
package import STOQ
import TrustChain

/// A process that takes files for a member of the mesh, on an endpoint of its own.
package final class Receiver: Sendable {
    /// Where it listens.
    package let address: String
    package let id: NodeID
    private let endpoint: STOQEndpoint
    private let host: ServiceHost

    /// - Parameters:
    ///   - identity: must have a certificate for serving.
    ///   - ended: hears of every object that was taken, or not.
    package init(
        directory: MeshDirectory, identity: IdentityDirectory, address text: String, folder: String,
        limits: InboxLimits, logger: Logger,
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
        do throws(STOQError) {
            var configuration = STOQConfiguration(
                address: try SocketAddressKey(parsing: text), signer: credentials,
                verifier: MeshVerifier(trust: { trust.current }), logger: logger)
            configuration.transport = .mesh
            configuration.secret = credentials.endpointSecret
            configuration.extensions = transfers.asExtensions
            endpoint = try STOQEndpoint(configuration)
        } catch {
            throw .stoq(error)
        }
        var host = ServiceHost(logger: logger)
        for extended in transfers.asExtensions { host.add(extended) }
        self.host = host
        address = endpoint.localAddress.text
        id = files.id
    }

    /// Serves until the task is cancelled.
    package func run() async {
        await withTaskCancellationHandler {
            await withTaskGroup(of: Void.self) { group in
                for await session in endpoint.sessions { group.addTask { await self.host.serve(session) } }
                group.cancelAll()
            }
        } onCancel: {
            Task { await endpoint.shutDown() }
        }
    }
}
