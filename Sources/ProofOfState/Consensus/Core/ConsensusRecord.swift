package import Canonical

/// What consensus must find again after a crash.
package enum ConsensusRecord: Sendable, Hashable {
    /// Own vote. Belongs into the vote log.
    case vote(Vote)
    /// Own proposal; its block is a record of its own. Belongs into the vote log.
    case proposal(Proposal)
    /// A certificate learned. Belongs into the vote log.
    case certificate(Certificate)
    /// A block that this node voted for, or that a certificate names. Belongs into the block log.
    case block(Block)
    /// The next block in order of height is final; its `block` record came before. Belongs into the final log,
    /// which `readFinal` serves. The certificate is there when it finalizes this very block.
    case final(height: Height, view: View, hash: Digest, certificate: Certificate?)

    /// The view that the record is about. Records of views not above the final tip are obsolete, except `final` and
    /// the blocks that `final` names.
    package var view: View {
        switch self {
        case .vote(let vote): vote.view
        case .proposal(let proposal): proposal.header.view
        case .certificate(let certificate): certificate.view
        case .block(let block): block.view
        case .final(_, let view, _, _): view
        }
    }
}

extension ConsensusRecord: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        switch self {
        case .vote(let vote):
            encoder.encodeVariant(0)
            encoder.encode(vote)
        case .proposal(let proposal):
            encoder.encodeVariant(1)
            encoder.encode(proposal)
        case .certificate(let certificate):
            encoder.encodeVariant(2)
            encoder.encode(certificate)
        case .block(let block):
            encoder.encodeVariant(3)
            encoder.encode(block)
        case .final(let height, let view, let hash, let certificate):
            encoder.encodeVariant(4)
            encoder.encodeInteger(height)
            encoder.encodeInteger(view)
            encoder.encode(hash)
            encoder.encode(certificate)
        }
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let offset = decoder.offset
        let index = try decoder.decodeVariant()
        switch index {
        case 0: self = .vote(try decoder.decode())
        case 1: self = .proposal(try decoder.decode())
        case 2: self = .certificate(try decoder.decode())
        case 3: self = .block(try decoder.decode())
        case 4:
            let height = try decoder.decodeInteger(Height.self)
            let view = try decoder.decodeInteger(View.self)
            let hash = try decoder.decode(Digest.self)
            self = .final(height: height, view: view, hash: hash, certificate: try decoder.decodeOption())
        default: throw .unknownVariant(offset: offset, type: "ConsensusRecord", index: index)
        }
    }
}
