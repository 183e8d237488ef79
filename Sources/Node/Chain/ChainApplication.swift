package import Ledger

/// What the chain of a node agrees on.
package typealias ChainApplication = BlockLine<ProvenEnvelopes>

/// The chain of a node of a mesh.
package typealias Chain = ReplicatedChain<ChainApplication>

extension NodeError {
    init(_ refusal: AdmissionRefusal) {
        switch refusal {
        case .envelope(let refusal): self = .refusedEnvelope(refusal)
        case .mempool(let refusal): self = .mempool(refusal)
        case .ledger(let refusal): self = .refused(code: refusal.code, text: refusal.description)
        }
    }
}
