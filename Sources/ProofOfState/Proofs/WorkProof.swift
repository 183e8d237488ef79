package import Canonical

/// Hashcash (Back 2002) for one challenge: SHA-256(domain ‖ challenge ‖ nonce) begins with enough zero bits.
package struct WorkProof: Sendable, Hashable, CanonicalCodable {
    package var binding: ProofBinding
    package var nonce: UInt64

    package init(binding: ProofBinding, nonce: UInt64) {
        self.binding = binding
        self.nonce = nonce
    }

    /// Zero bits at the front of the hash for this nonce.
    package static func zeroBits(challenge: Digest, nonce: UInt64) -> Int {
        var encoder = BCSEncoder(capacity: 40)
        encoder.encode(challenge)
        encoder.encode(nonce)
        return Digest(.work, encoder.bytes).leadingWord.leadingZeroBitCount
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(binding)
        encoder.encode(nonce)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        binding = try decoder.decode()
        nonce = try decoder.decode()
    }
}

extension HashDomain {
    /// Hashcash.
    package static let work = HashDomain("HM/work/v1")
}
