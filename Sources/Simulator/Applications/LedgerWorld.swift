import Caesar
import Canonical
import Ledger
import ProofOfState

/// Who exists in a simulated ledger, and its genesis. Nobody signs here, so that public keys are any well-formed ones.
enum LedgerWorld {
    static let requesters = 0..<2
    static let providers = 2..<6
    /// Providers from here on report wrong results.
    static let lyingProviders = 5..<6
    /// Starts with almost nothing.
    static let pauper = 6
    static let newcomers = 7..<9
    static let registered = 0..<7
    static let everyone = 0..<9

    static let keys: [[UInt8]] = (0..<13).map { number in
        [0x0a] + [UInt8](repeating: 0, count: IdentityRegistration.publicKeyBytes - 2) + [UInt8(number + 1)]
    }
    static let nodes: [NodeID] = keys.map { NodeID(publicKey: $0) }
    static let newcomerPlots: [PlotBuilder] = newcomers.map { PlotBuilder(subject: nodes[$0], depth: 4) }

    /// The state at genesis; the same for every mesh.
    static let genesis: Result<LedgerState, LedgerError> = Result { () throws(LedgerError) in
        let plot = PlotCommitment(root: Digest(sha256: [1]), depth: 19)
        let validators = (9..<13).map {
            GenesisValidator(
                publicKey: keys[$0], weight: 1, plot: plot, bond: Amount(caes: 1_000), endpoint: "[::1]:\(9_000 + $0)")
        }
        let identities = registered.map { GenesisIdentity(publicKey: keys[$0], plot: plot) }
        let grants = registered.map { number in
            GenesisGrant(
                from: .publicSale, to: nodes[number],
                amount: number == pauper ? Amount(attos: 3 * Policy.baseFee.attos) : Amount(caes: 100))
        }
        return try LedgerState(
            Genesis(
                networkName: "simulation", time: .zero, validators: validators, identities: identities,
                rootCertificate: [], grants: grants, policy: Policy(registrationBond: .zero)))
    }
}
