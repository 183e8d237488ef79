package import Canonical

/// One validator's signed vote.
package struct Vote: Sendable, Hashable {
    package let kind: VoteKind
    package let voter: ValidatorIndex
    package let view: View
    /// The block voted for; zero for `nullify`.
    package let hash: Digest
    package let signature: [UInt8]

    package init(kind: VoteKind, view: View, hash: Digest, voter: ValidatorIndex, signature: [UInt8]) {
        self.kind = kind
        self.view = view
        self.hash = kind == .nullify ? .zero : hash
        self.voter = voter
        self.signature = signature
    }
}

extension Vote {
    /// The signature that must verify.
    package func requiredSignature(in context: SigningContext) -> RequiredSignature {
        RequiredSignature(signer: voter, statement: context.statement(kind, view, hash), signature: signature)
    }
}

extension Vote: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(kind)
        encoder.encodeInteger(voter)
        encoder.encodeInteger(view)
        if kind != .nullify { encoder.encode(hash) }
        encoder.encodeBytes(signature)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        kind = try decoder.decode()
        voter = try decoder.decodeInteger()
        view = try decoder.decodeInteger()
        hash = kind == .nullify ? .zero : try decoder.decode()
        signature = try decoder.decodeBytes(limit: ConsensusLimits.signatureBytesMax)
    }
}
