package import Canonical

/// One row of the policy table: what an operation of one kind must show.
package struct ProofPolicy: Sendable, Hashable, CanonicalCodable {
    /// Kinds of proof that must be there.
    package var required: [ProofKind]
    /// Smallest plot: 2^depth labels of 32 bytes.
    package var plotDepthMin: UInt8
    package var bondMin: Amount
    /// Zero bits of hashcash.
    package var workBitsMin: UInt8
    package var ticksMin: UInt32
    /// The operation brings its own key and plot (registering an identity).
    package var isBootstrap: Bool

    package init(
        required: [ProofKind] = ProofKind.allCases,
        plotDepthMin: UInt8 = 19,
        bondMin: Amount = .zero,
        workBitsMin: UInt8 = 10,
        ticksMin: UInt32 = 64,
        isBootstrap: Bool = false
    ) {
        self.required = ProofKind.allCases.filter { required.contains($0) }
        self.plotDepthMin = plotDepthMin
        self.bondMin = bondMin
        self.workBitsMin = workBitsMin
        self.ticksMin = ticksMin
        self.isBootstrap = isBootstrap
    }

    /// All four proofs with a plot of 16 MiB (2¹⁹ labels).
    package static let standard = ProofPolicy()

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encodeInteger(required.reduce(UInt8(0)) { $0 | 1 << $1.rawValue })
        encoder.encode(plotDepthMin)
        encoder.encode(bondMin)
        encoder.encode(workBitsMin)
        encoder.encode(ticksMin)
        encoder.encode(isBootstrap)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let start = decoder.offset
        let mask: UInt8 = try decoder.decode()
        guard mask < 16 else { throw .invalidValue(offset: start, rule: "a policy names only the four proofs") }
        required = ProofKind.allCases.filter { mask >> $0.rawValue & 1 == 1 }
        plotDepthMin = try decoder.decode()
        bondMin = try decoder.decode()
        workBitsMin = try decoder.decode()
        ticksMin = try decoder.decode()
        isBootstrap = try decoder.decode()
    }
}
