package import Canonical

/// The certificate that grants the right and the bond that answers for it, both to be read from ledger state.
package struct StakeProof: Sendable, Hashable, CanonicalCodable {
    package var binding: ProofBinding
    /// SHA-256 of the certificate's DER.
    package var certificate: Digest
    /// The bond that the subject points to; the ledger must show at least as much.
    package var bond: Amount

    package init(binding: ProofBinding, certificate: Digest, bond: Amount) {
        self.binding = binding
        self.certificate = certificate
        self.bond = bond
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(binding)
        encoder.encode(certificate)
        encoder.encode(bond)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        binding = try decoder.decode()
        certificate = try decoder.decode()
        bond = try decoder.decode()
    }
}
