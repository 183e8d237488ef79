package import Canonical

/// A quorum of votes of one kind for one view and block.
package struct Certificate: Sendable, Hashable {
    /// One vote's signature; kind, view and hash are the certificate's.
    package struct Signature: Sendable, Hashable, CanonicalCodable {
        package let voter: ValidatorIndex
        package let bytes: [UInt8]

        package init(voter: ValidatorIndex, bytes: [UInt8]) {
            self.voter = voter
            self.bytes = bytes
        }

        package func encode(to encoder: inout BCSEncoder) {
            encoder.encodeInteger(voter)
            encoder.encodeBytes(bytes)
        }

        package init(from decoder: inout BCSDecoder) throws(BCSError) {
            voter = try decoder.decodeInteger()
            bytes = try decoder.decodeBytes(limit: ConsensusLimits.signatureBytesMax)
        }
    }

    package let kind: VoteKind
    package let view: View
    /// The certified block; zero for `nullify`.
    package let hash: Digest
    /// In strictly ascending order of voters.
    package let signatures: [Signature]

    package init(kind: VoteKind, view: View, hash: Digest, signatures: [Signature]) {
        self.kind = kind
        self.view = view
        self.hash = kind == .nullify ? .zero : hash
        self.signatures = signatures
    }

    /// Checks that the signers are members, each named once, and reach `quorum` (the set's own unless given). Does
    /// not check signatures: `requiredSignatures` names them.
    package func checkSigners(in validators: ValidatorSet, quorum: UInt64? = nil) throws(ConsensusError) {
        var weight: UInt64 = 0
        var previous = -1
        for signature in signatures {
            guard let validator = validators[signature.voter], Int(signature.voter) > previous else {
                throw .invalidSigner(signature.voter)
            }
            previous = Int(signature.voter)
            weight += validator.weight
        }
        let quorum = quorum ?? validators.quorum
        guard weight >= quorum else { throw .belowQuorum(weight: weight, quorum: quorum) }
    }

    /// The signatures that must verify.
    package func requiredSignatures(in context: SigningContext) -> [RequiredSignature] {
        let statement = context.statement(kind, view, hash)
        return signatures.map {
            RequiredSignature(signer: $0.voter, statement: statement, signature: $0.bytes)
        }
    }
}

extension Certificate: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(kind)
        encoder.encodeInteger(view)
        if kind != .nullify { encoder.encode(hash) }
        encoder.encode(signatures)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        kind = try decoder.decode()
        view = try decoder.decodeInteger()
        hash = kind == .nullify ? .zero : try decoder.decode()
        signatures = try decoder.decodeArray(limit: ConsensusLimits.validatorsMax)
    }
}
