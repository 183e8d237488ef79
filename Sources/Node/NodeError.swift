package import Canonical
package import Falcon
package import Ledger
package import ProofOfState
package import STOQ
package import Store
package import TrustChain

/// What keeps a node from starting or a client from getting through, and what to do about it.
package enum NodeError: Error, Sendable {
    /// A file is missing or cannot be used; the text says why and what to do.
    case file(path: String, problem: String)
    /// There is no mesh in the directory.
    case noMesh(directory: String)
    /// There already is a mesh in the directory.
    case meshExists(directory: String)
    case store(StoreError)
    case stoq(STOQError)
    case trust(TrustChainError)
    case ledger(LedgerError)
    case falcon(FalconError)
    case refusedEnvelope(ProofRefusal)
    case mempool(MempoolRefusal)
    case malformed(what: String, BCSError)
    /// The stored chain is not that of the genesis in the directory.
    case foreignChain
    /// No node of the mesh answered.
    case unreachable(tried: [String])
    /// The operation entered a block and was refused there.
    case refused(code: UInt16, text: String)
    /// The node has no certificate for its key.
    case noCertificate
    case system(operation: String, errno: Int32)
}

extension NodeError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .file(let path, let problem): "\(path): \(problem)"
        case .noMesh(let directory): "there is no mesh in \(directory); make one with 'hypermesh up'"
        case .meshExists(let directory): "there already is a mesh in \(directory)"
        case .store(let error): "storage: \(error)"
        case .stoq(let error): "transport: \(error)"
        case .trust(let error): "certificates: \(error)"
        case .ledger(let error): "ledger: \(error)"
        case .falcon(let error): "signature: \(error)"
        case .refusedEnvelope(let refusal): "refused: \(refusal)"
        case .mempool(let refusal): "refused: \(refusal)"
        case .malformed(let what, let error): "malformed \(what): \(error)"
        case .foreignChain: "the stored blocks belong to another genesis; use another directory"
        case .unreachable(let tried): "no node answered (tried \(tried.joined(separator: ", "))); is the mesh up?"
        case .refused(_, let text): "refused by the ledger: \(text)"
        case .noCertificate: "there is no certificate for this key"
        case .system(let operation, let errno): "\(operation) failed with errno \(errno)"
        }
    }
}
