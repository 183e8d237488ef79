import Canonical
import Ledger
import ProofOfState
import TrustChain

/// What a node is founded on: its identity and the genesis of its mesh, read from its directory and checked against
/// each other.
struct NodeFoundation: Sendable {
    let identity: IdentityFiles
    let genesis: Genesis
    let root: TrustChain.Certificate
    let plot: StoredPlot
    let validators: ValidatorSet
    let checker: FalconSignatureChecker
    /// Own position among the validators; nil for an observer.
    let me: ValidatorIndex?
    /// Where this node listens.
    let endpoint: String

    init(reading directory: NodeDirectory) throws(NodeError) {
        identity = try IdentityFiles(reading: directory.identity)
        guard !identity.chain.isEmpty else { throw .noCertificate }
        let bytes = try PrivateFile.read(directory.genesis)
        do throws(BCSError) {
            genesis = try Genesis(canonicalBytes: bytes)
        } catch {
            throw .malformed(what: "genesis", error)
        }
        do throws(TrustChainError) {
            root = try TrustChain.Certificate(derEncoded: genesis.rootCertificate)
        } catch {
            throw .trust(error)
        }
        let members = genesis.validators.map { Validator(node: $0.id, publicKey: $0.publicKey, weight: $0.weight) }
        do throws(ConsensusError) {
            validators = try ValidatorSet(members)
            checker = try FalconSignatureChecker(validators)
        } catch {
            throw .file(path: directory.genesis, problem: "its validators cannot agree: \(error)")
        }
        me = validators.index(of: identity.id)
        guard let own = genesis.validators.first(where: { [id = identity.id] in $0.id == id }) else {
            throw .file(path: directory.genesis, problem: "this node is not among its validators")
        }
        endpoint = own.endpoint
        plot = try PlotFile.open(directory.identity.plot, subject: identity.id, depth: own.plot.depth)
        guard plot.commitment == own.plot else {
            throw .file(path: directory.identity.plot, problem: "it is not the plot that genesis names")
        }
    }

    var signingContext: SigningContext { SigningContext(network: genesis.networkID, epoch: 0) }
}
