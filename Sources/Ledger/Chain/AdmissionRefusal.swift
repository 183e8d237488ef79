package import ProofOfState

/// Why a client's envelope was not taken into the mempool.
package enum AdmissionRefusal: Error, Sendable, Hashable {
    /// The bytes, the proofs, the window or the signature are wrong.
    case envelope(ProofRefusal)
    case mempool(MempoolRefusal)
    /// The operation could not stand in the next block, for example because its subject cannot pay the fee.
    case ledger(LedgerRefusal)
}

extension AdmissionRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .envelope(let refusal): "\(refusal)"
        case .mempool(let refusal): refusal.description
        case .ledger(let refusal): refusal.description
        }
    }
}
