package import Canonical

/// Proves that a header is final: a chain of headers down to it, whose last one has a finalization certificate.
package struct FinalityProof: Sendable, Hashable {
    /// The header that is proved final.
    package let header: SealedHeader
    /// Its descendants in ascending order up to the certified one; empty when `header` itself is certified.
    package let descendants: [SealedHeader]
    /// A finalization of the last header.
    package let certificate: Certificate

    package init(header: SealedHeader, descendants: [SealedHeader] = [], certificate: Certificate) {
        self.header = header
        self.descendants = descendants
        self.certificate = certificate
    }

    /// The header that the certificate names.
    package var certified: SealedHeader { descendants.last ?? header }

    /// Checks links, certificate kind and signers, for the set and epoch given; no signatures.
    package func check(validators: ValidatorSet, context: SigningContext) throws(ConsensusError) {
        var previous: SealedHeader?
        for header in [header] + descendants {
            guard header.header.network == context.network, header.header.epoch == context.epoch else {
                throw .unrelatedProof(reason: "a header is of another network or epoch")
            }
            if let previous, header.parentHash != previous.hash {
                throw .unrelatedProof(reason: "a header does not follow the one before it")
            }
            previous = header
        }
        guard header.header.validators == validators.hash else {
            throw .unrelatedProof(reason: "the header names another validator set")
        }
        guard certificate.kind == .finalize, certificate.hash == certified.hash, certificate.view == certified.view
        else { throw .unrelatedProof(reason: "the certificate is not a finalization of the last header") }
        try certificate.checkSigners(in: validators)
    }
}

extension FinalityProof: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(header)
        encoder.encode(descendants)
        encoder.encode(certificate)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        header = try decoder.decode()
        descendants = try decoder.decodeArray(limit: ConsensusLimits.proofDescendantsMax)
        certificate = try decoder.decode()
    }
}
