package import Canonical

/// One label of the subject's plot, at the index that the operation's challenge chose, with its Merkle path.
package struct SpaceProof: Sendable, Hashable, CanonicalCodable {
    package var binding: ProofBinding
    package var opening: PlotOpening

    package init(binding: ProofBinding, opening: PlotOpening) {
        self.binding = binding
        self.opening = opening
    }

    /// The index that a challenge samples in a plot of 2^`depth` labels.
    package static func index(for challenge: Digest, depth: UInt8) -> UInt64 {
        let sample = Digest(.spaceSample, challenge.bytes).leadingWord
        return depth == 0 ? 0 : sample >> UInt64(64 - Int(min(depth, 63)))
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(binding)
        encoder.encode(opening)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        binding = try decoder.decode()
        opening = try decoder.decode()
    }
}

extension HashDomain {
    /// Choice of a plot's index from a challenge.
    package static let spaceSample = HashDomain("HM/space-sample/v1")
}
