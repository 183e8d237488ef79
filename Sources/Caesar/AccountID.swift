package import Canonical

/// Where CAES can lie. Everything that holds CAES is an account, so that the sum over accounts is the supply.
package enum AccountID: Sendable, Hashable {
    /// Spendable by the holder of an identity, whether registered yet or not.
    case node(NodeID)
    case named(NamedAccount)
    /// Set aside for a job until it is settled.
    case escrow(JobID)
    /// The bond that answers for an identity.
    case bond(NodeID)
}

extension AccountID: CustomStringConvertible {
    package var description: String {
        switch self {
        case .node(let node): "account of \(node.shortDescription)"
        case .named(let name): "account '\(name)'"
        case .escrow(let job): "escrow of job \(job.shortDescription)"
        case .bond(let node): "bond of \(node.shortDescription)"
        }
    }
}

extension AccountID: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        switch self {
        case .node(let node):
            encoder.encodeVariant(0)
            encoder.encode(node)
        case .named(let name):
            encoder.encodeVariant(1)
            encoder.encode(name)
        case .escrow(let job):
            encoder.encodeVariant(2)
            encoder.encode(job)
        case .bond(let node):
            encoder.encodeVariant(3)
            encoder.encode(node)
        }
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let offset = decoder.offset
        let index = try decoder.decodeVariant()
        switch index {
        case 0: self = .node(try decoder.decode(NodeID.self))
        case 1: self = .named(try decoder.decode(NamedAccount.self))
        case 2: self = .escrow(try decoder.decode(JobID.self))
        case 3: self = .bond(try decoder.decode(NodeID.self))
        default: throw .unknownVariant(offset: offset, type: "AccountID", index: index)
        }
    }
}
