package import Canonical

/// Why one of the four proofs was refused.
package enum ProofFault: Sendable, Hashable {
    /// The policy asks for the proof and the envelope has none.
    case missing
    /// Made for an anchor that is too old.
    case stale(anchorHeight: UInt64, oldest: UInt64)
    /// Made for an anchor that is not final yet.
    case future(anchorHeight: UInt64, tip: UInt64)
    /// Made for a sequence number that was used.
    case replayed(sequence: UInt64, next: UInt64)
    /// Made for another operation, anchor or sequence of the same subject.
    case boundToAnotherOperation
    /// Made by or for another key.
    case boundToAnotherKey
    /// Less than the policy asks for; both in the proof's unit.
    case belowFloor(have: String, need: String)
    /// Bound to this operation, but false; the text names the check.
    case wrong(String)
}

/// Why an envelope was refused. Nothing changed.
package enum ProofRefusal: Error, Sendable, Hashable {
    case malformed(BCSError)
    case wrongNetwork
    case unknownKind(UInt16)
    case unknownSubject(NodeID)
    case staleAnchor(height: UInt64, oldest: UInt64)
    case futureAnchor(height: UInt64, tip: UInt64)
    /// The anchor's hash is not that of the final block at its height.
    case anchorNotOnChain(height: UInt64)
    case expired
    case expiryTooFar(height: UInt64, last: UInt64)
    case replayedSequence(have: UInt64, next: UInt64)
    case sequenceTooFar(have: UInt64, next: UInt64)
    case proof(ProofKind, ProofFault)
    case badSignature
}

extension ProofFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing: "missing"
        case .stale(let height, let oldest): "stale: anchored at \(height), oldest accepted \(oldest)"
        case .future(let height, let tip): "future: anchored at \(height), the chain is at \(tip)"
        case .replayed(let sequence, let next): "replayed: made for sequence \(sequence), next is \(next)"
        case .boundToAnotherOperation: "bound to another operation"
        case .boundToAnotherKey: "bound to another key"
        case .belowFloor(let have, let need): "below the floor: \(have), needed \(need)"
        case .wrong(let check): "wrong: \(check)"
        }
    }
}

extension ProofRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let error): "malformed envelope: \(error)"
        case .wrongNetwork: "made for another network"
        case .unknownKind(let kind): "the policy table has no operation kind \(kind)"
        case .unknownSubject(let subject): "subject \(subject.shortDescription) is not registered"
        case .staleAnchor(let height, let oldest): "stale anchor: block \(height), oldest accepted \(oldest)"
        case .futureAnchor(let height, let tip): "future anchor: block \(height), the chain is at \(tip)"
        case .anchorNotOnChain(let height): "the anchor is not the final block at height \(height)"
        case .expired: "expired"
        case .expiryTooFar(let height, let last): "expiry at height \(height) is too far ahead; last accepted \(last)"
        case .replayedSequence(let have, let next): "replayed: sequence \(have), next is \(next)"
        case .sequenceTooFar(let have, let next): "sequence \(have) is too far ahead; next is \(next)"
        case .proof(let kind, let fault): "\(kind) \(fault)"
        case .badSignature: "the signature is not the subject's"
        }
    }
}
