package import Canonical
import Ledger
package import Logging
package import ProofOfState
import QUIC
package import STOQ
import TrustChain

/// A node's part in agreement, whatever is agreed on: its chain, the links to the other validators, and the services
/// through which operations come in.
package final class Replica<Application: ReplicatedApplication>: Sendable {
    package let chain: ReplicatedChain<Application>
    package let finality = FinalityTable()
    let founded: NodeFoundation
    let network: PeerNetwork
    let trust: TrustView
    let endpoint: STOQEndpoint
    private let logger: Logger

    package var id: NodeID { founded.identity.id }
    package var address: String { endpoint.localAddress.text }

    init(
        _ founded: NodeFoundation, trust: TrustView, network: PeerNetwork, chain: ReplicatedChain<Application>,
        endpoint: STOQEndpoint, logger: Logger
    ) throws(NodeError) {
        self.founded = founded
        self.trust = trust
        self.network = network
        self.chain = chain
        self.logger = logger
        self.endpoint = endpoint
        try connect()
    }

    /// Reads a node's directory and founds a replica of an application that begins with an empty state.
    package convenience init(
        directory: NodeDirectory, logger: Logger, _ begin: (ValidatorSet) -> Application
    ) throws(NodeError) {
        let founded = try NodeFoundation(reading: directory)
        let trust = TrustView(root: founded.root)
        let network = PeerNetwork()
        let (log, recovered) = try ChainLog.open(directory.store)
        let chain = try ChainRecovery(founded: founded, log: log, recovered: recovered, trust: trust)
            .chain(stateRoot: .zero, output: network, logger: logger) { _ in begin(founded.validators) }
        let endpoint = try NodeEndpoint(founded, trust: trust, logger: logger).open(founded, logger: logger)
        try self.init(founded, trust: trust, network: network, chain: chain, endpoint: endpoint, logger: logger)
    }

    /// Takes part until the task is cancelled, with `host`'s services besides those of agreement. `work` runs beside.
    package func run(
        _ host: ServiceHost, _ work: @escaping @Sendable () async -> Void = {}
    ) async {
        let blocks = await chain.watch()
        let trustedBlocks = await chain.watch()
        let services = ReplicaServices(self, logger: logger).added(to: host)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.finality.follow(blocks) }
            group.addTask { await self.trust.follow(trustedBlocks) }
            group.addTask { await self.network.run() }
            group.addTask { await self.serve(services) }
            group.addTask { await work() }
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

    private func serve(_ host: ServiceHost) async {
        await withTaskGroup(of: Void.self) { group in
            for await session in endpoint.sessions {
                group.addTask { await host.serve(session) }
            }
            group.cancelAll()
        }
    }

    private func connect() throws(NodeError) {
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
}
