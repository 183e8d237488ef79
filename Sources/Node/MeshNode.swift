import Adapters
package import Canonical
import Falcon
import Ledger
package import Logging
import ProofOfState
import QUIC
package import STOQ
import Synchronization
import TrustChain

/// One node of a mesh: its identity, its chain, its sessions and the work that it does.
package final class MeshNode: Sendable {
    package let id: NodeID
    package let address: String
    private let chain: Chain
    private let endpoint: STOQEndpoint
    private let network: PeerNetwork
    private let services: NodeServices
    private let finality: FinalityTable
    private let jobs: JobRunner
    private let provider: ProviderOffer
    private let trust: TrustView
    private let dialer: SessionDialer
    private let logger: Logger

    /// Reads the node's directory and gets everything ready; `run` starts it. `program` is the path of the `hypermesh`
    /// program, from which job processes are started.
    package init(directory: NodeDirectory, program: String, logger: Logger) throws(NodeError) {
        let founded = try NodeFoundation(reading: directory)
        let identity = founded.identity
        let trust = TrustView(root: founded.root)
        let network = PeerNetwork()
        let (log, recovered) = try ChainLog.open(directory.store)
        let chain = try ChainRecovery(founded: founded, log: log, recovered: recovered, trust: trust)
            .chain(output: network, logger: logger)
        let (credentials, verifier) = try MeshNode.credentials(founded, trust: trust, logger: logger)
        let extensions = NodeExtensions(
            founded, directory: directory, credentials: credentials, verifier: verifier, logger: logger)
        let endpoint = try MeshNode.endpoint(founded, credentials, verifier, extensions.all, logger: logger)
        id = identity.id
        address = endpoint.localAddress.text
        self.chain = chain
        self.endpoint = endpoint
        dialer = extensions.dialer
        self.network = network
        self.logger = logger
        self.trust = trust
        finality = FinalityTable()
        let process = VMProcess(program: program)
        let prover = Prover(plot: founded.plot, certificate: identity.certificateDigest, bond: .zero)
        let submitter = OperationSubmitter(chain: chain, prover: prover, key: identity.key)
        jobs = JobRunner(
            node: identity.id, chain: chain, submitter: submitter, process: process, directory: directory.jobs,
            logger: logger)
        provider = ProviderOffer(node: identity.id, chain: chain, submitter: submitter, logger: logger)
        let report = StatusReporter(
            founded: founded, chain: chain, network: network, trust: trust, enforcement: process.enforcement)
        services = NodeServices(
            chain: chain, checker: founded.checker, context: founded.signingContext,
            validators: founded.validators, finality: finality, status: { await report.status() },
            extensions: extensions.all, logger: logger)
        try connect(founded)
    }

    /// Takes part in the mesh until the task is cancelled.
    package func run() async {
        await dialer.use(endpoint)
        let blocks = await chain.watch()
        let trustedBlocks = await chain.watch()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.finality.follow(blocks) }
            group.addTask { await self.trust.follow(trustedBlocks) }
            group.addTask { await self.network.run() }
            group.addTask { await self.serve() }
            group.addTask { await self.jobs.run() }
            group.addTask { await self.provider.run() }
            await chain.start()
            await withTaskCancellationHandler {
                for await _ in group {}
            } onCancel: {
                Task { await self.stop() }
            }
        }
    }

    private func stop() async {
        await chain.stop()
        await endpoint.shutDown()
    }

    private func serve() async {
        let host = services.host()
        await withTaskGroup(of: Void.self) { group in
            for await session in endpoint.sessions {
                group.addTask { await host.serve(session) }
            }
            group.cancelAll()
        }
    }

    private func connect(_ founded: NodeFoundation) throws(NodeError) {
        for (index, peer) in founded.genesis.validators.enumerated() where peer.id != id {
            guard let number = ValidatorIndex(exactly: index) else { continue }
            let address: SocketAddressKey
            do throws(STOQError) {
                address = try SocketAddressKey(parsing: peer.endpoint)
            } catch {
                throw .stoq(error)
            }
            let chain = chain
            let link = PeerLink(address: address, endpoint: endpoint, logger: logger) {
                await chain.connected(PeerID(number))
            }
            network.add(link, for: PeerID(number))
        }
    }

    private static func credentials(
        _ founded: NodeFoundation, trust: TrustView, logger: Logger
    ) throws(NodeError) -> (MeshCredentials, MeshVerifier) {
        let credentials: MeshCredentials
        do throws(TrustChainError) {
            credentials = try MeshCredentials(chain: founded.identity.chain, key: founded.identity.key)
        } catch {
            throw .trust(error)
        }
        let verifier = MeshVerifier(trust: { trust.current }) { reason in
            trust.noteRefusal(reason)
            logger.notice("peer refused", metadata: ["reason": "\(reason)"])
        }
        return (credentials, verifier)
    }

    private static func endpoint(
        _ founded: NodeFoundation,
        _ credentials: MeshCredentials,
        _ verifier: MeshVerifier,
        _ extensions: [STOQExtension],
        logger: Logger
    ) throws(NodeError) -> STOQEndpoint {
        do throws(STOQError) {
            let address = try SocketAddressKey(parsing: founded.endpoint)
            var configuration = STOQConfiguration(
                address: address, signer: credentials, verifier: verifier, logger: logger)
            configuration.transport = .mesh
            configuration.extensions = extensions
            return try STOQEndpoint(configuration)
        } catch {
            throw .stoq(error)
        }
    }
}
