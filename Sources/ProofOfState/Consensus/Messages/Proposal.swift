package import Canonical

/// A header signed by its proposer: what an equivocating leader is convicted with.
package struct Proposal: Sendable, Hashable, CanonicalCodable {
    package let header: SealedHeader
    package let signature: [UInt8]

    package init(header: SealedHeader, signature: [UInt8]) {
        self.header = header
        self.signature = signature
    }

    /// The signature that must verify.
    package func requiredSignature(in context: SigningContext) -> RequiredSignature {
        RequiredSignature(
            signer: header.proposer, statement: context.proposalStatement(header.view, header.hash),
            signature: signature)
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(header)
        encoder.encodeBytes(signature)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        header = try decoder.decode()
        signature = try decoder.decodeBytes(limit: ConsensusLimits.signatureBytesMax)
    }
}
