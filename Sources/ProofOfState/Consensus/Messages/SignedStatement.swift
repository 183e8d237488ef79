package import Canonical

/// Everything a validator signs, apart from the signature. The domain tag and the kind make a signature of one sort
/// useless as another; network and epoch make it useless elsewhere.
package struct SignedStatement: Sendable, Hashable {
    package enum Kind: UInt8, Sendable, Hashable {
        case notarize = 0
        case nullify = 1
        case finalize = 2
        case propose = 3
    }

    package let network: NetworkID
    package let epoch: UInt64
    package let kind: Kind
    package let view: View
    /// The header's hash; zero for `nullify`.
    package let hash: Digest

    package init(network: NetworkID, epoch: UInt64, kind: Kind, view: View, hash: Digest) {
        self.network = network
        self.epoch = epoch
        self.kind = kind
        self.view = view
        self.hash = hash
    }

    /// The bytes under the signature.
    package var signedBytes: [UInt8] {
        var encoder = BCSEncoder(capacity: 96)
        encoder.encode(network)
        encoder.encodeInteger(epoch)
        encoder.encodeInteger(kind.rawValue)
        encoder.encodeInteger(view)
        encoder.encode(hash)
        let domain: HashDomain = kind == .propose ? .proposal : .vote
        return domain.message(encoder.bytes)
    }
}
