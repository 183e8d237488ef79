package import Canonical

/// Everything that consensus says to peers.
package enum ConsensusMessage: Sendable, Hashable {
    /// A leader's block with its signature over the header. Relayed by nobody else.
    indirect case proposal(Block, signature: [UInt8])
    case vote(Vote)
    case certificate(Certificate)
    /// The highest finalization, to a peer that lags.
    indirect case finality(FinalityProof)
    case status(ConsensusStatus)
    /// Asks for the certificates that ended the views `from…through`.
    case fetchCertificates(from: View, through: View)
    /// Asks for a block and its ancestors above a height.
    case fetchAncestors(Digest, above: Height)
    /// Asks for final blocks from a height upwards.
    case fetchFinal(from: Height)
    /// Reply to `fetchAncestors`: a block, its parent, and so on. Certifies itself by hashes.
    case blocks([Block])
    /// Reply to `fetchFinal`.
    indirect case finalRange(FinalRange)
    /// To the leader of an idle view: "I hold operations, propose without waiting."
    case wake(View)
}

extension ConsensusMessage {
    /// The signatures that must verify before the message is passed to `Consensus`; the driver checks them in
    /// parallel workers. Empty for messages that certify themselves or are harmless.
    package func requiredSignatures(in context: SigningContext) -> [RequiredSignature] {
        switch self {
        case .proposal(let block, let signature):
            [Proposal(header: block.header, signature: signature).requiredSignature(in: context)]
        case .vote(let vote): [vote.requiredSignature(in: context)]
        case .certificate(let certificate): certificate.requiredSignatures(in: context)
        case .finality(let proof): proof.certificate.requiredSignatures(in: context)
        case .finalRange(let range): range.certificate.requiredSignatures(in: context)
        case .status, .fetchCertificates, .fetchAncestors, .fetchFinal, .blocks, .wake: []
        }
    }
}

extension ConsensusMessage: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encodeVariant(variant)
        switch self {
        case .proposal(let block, let signature):
            encoder.encode(block)
            encoder.encodeBytes(signature)
        case .vote(let vote): encoder.encode(vote)
        case .certificate(let certificate): encoder.encode(certificate)
        case .finality(let proof): encoder.encode(proof)
        case .status(let status): encoder.encode(status)
        case .fetchCertificates(let first, let last):
            encoder.encodeInteger(first)
            encoder.encodeInteger(last)
        case .fetchAncestors(let hash, let height):
            encoder.encode(hash)
            encoder.encodeInteger(height)
        case .fetchFinal(let height): encoder.encodeInteger(height)
        case .blocks(let blocks): encoder.encode(blocks)
        case .finalRange(let range): encoder.encode(range)
        case .wake(let view): encoder.encodeInteger(view)
        }
    }

    private var variant: UInt32 {
        switch self {
        case .proposal: 0
        case .vote: 1
        case .certificate: 2
        case .finality: 3
        case .status: 4
        case .fetchCertificates: 5
        case .fetchAncestors: 6
        case .fetchFinal: 7
        case .blocks: 8
        case .finalRange: 9
        case .wake: 10
        }
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let offset = decoder.offset
        let index = try decoder.decodeVariant()
        switch index {
        case 0:
            let block = try decoder.decode(Block.self)
            self = .proposal(block, signature: try decoder.decodeBytes(limit: ConsensusLimits.signatureBytesMax))
        case 1: self = .vote(try decoder.decode())
        case 2: self = .certificate(try decoder.decode())
        case 3: self = .finality(try decoder.decode())
        case 4: self = .status(try decoder.decode())
        case 5: self = .fetchCertificates(from: try decoder.decodeInteger(), through: try decoder.decodeInteger())
        case 6: self = .fetchAncestors(try decoder.decode(), above: try decoder.decodeInteger())
        case 7: self = .fetchFinal(from: try decoder.decodeInteger())
        case 8: self = .blocks(try decoder.decodeArray(limit: ConsensusLimits.replyBlocksMax))
        case 9: self = .finalRange(try decoder.decode())
        case 10: self = .wake(try decoder.decodeInteger())
        default: throw .unknownVariant(offset: offset, type: "ConsensusMessage", index: index)
        }
    }
}
