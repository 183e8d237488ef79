package import Ledger
package import ProofOfState
package import Store

/// Why a simulation cannot begin.
package enum SimulationError: Error, Sendable, Hashable {
    case consensus(ConsensusError)
    case ledger(LedgerError)
    case store(StoreError)
}

extension SimulationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .consensus(let error): "the validators are refused: \(error)"
        case .store(let error): "a disk cannot be made: \(error)"
        case .ledger(let error): "the ledger cannot begin: \(error)"
        }
    }
}
