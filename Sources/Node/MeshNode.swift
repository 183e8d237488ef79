import Adapters
package import Canonical
import Falcon
package import Logging
import ProofOfState
import STOQ

/// One node of a mesh: its part in agreement on the ledger, the work that it does, and the extensions of STOQ that it
/// serves.
package final class MeshNode: Sendable {
    private let replica: Replica<ChainApplication>
    private let services: NodeServices
    private let jobs: JobRunner
    private let provider: ProviderOffer
    private let dialer: SessionDialer

    package var id: NodeID { replica.id }
    package var address: String { replica.address }

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
        let access = try NodeEndpoint(founded, trust: trust, logger: logger)
        let extensions = NodeExtensions(
            founded, directory: directory, credentials: access.credentials, verifier: access.verifier, logger: logger)
        let endpoint = try access.open(founded, extensions: extensions.all, logger: logger)
        dialer = extensions.dialer
        replica = try Replica(
            founded, trust: trust, network: network, chain: chain, endpoint: endpoint, logger: logger)
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
            chain: chain, status: { await report.status() }, extensions: extensions.all, logger: logger)
    }

    /// Takes part in the mesh until the task is cancelled.
    package func run() async {
        await dialer.use(replica.endpoint)
        await replica.run(services.host()) { [jobs, provider] in
            async let working: Void = jobs.run()
            async let offering: Void = provider.run()
            _ = await (working, offering)
        }
    }
}
