package import Canonical

/// Sequential hashing from the anchor: `ticks` applications of SHA-256, one after another, to a seed that nobody knows
/// before the anchor block is final. The verifier repeats them, which bounds the count (`ProofLimits.ticksMax`).
package struct TimeProof: Sendable, Hashable, CanonicalCodable {
    package var binding: ProofBinding
    package var ticks: UInt32
    package var output: Digest

    package init(binding: ProofBinding, ticks: UInt32, output: Digest) {
        self.binding = binding
        self.ticks = ticks
        self.output = output
    }

    /// The chain's end for a challenge.
    package static func output(challenge: Digest, anchor: BlockHash, ticks: UInt32) -> Digest {
        var value = Digest(.timeSeed, anchor.bytes + challenge.bytes)
        for _ in 0..<min(ticks, ProofLimits.ticksMax) { value = Digest(value, value) }
        return value
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(binding)
        encoder.encode(ticks)
        encoder.encode(output)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        binding = try decoder.decode()
        ticks = try decoder.decode()
        output = try decoder.decode()
    }
}

extension HashDomain {
    /// Start of the sequential-work chain.
    package static let timeSeed = HashDomain("HM/time/v1")
}
