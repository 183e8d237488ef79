package import Canonical

/// What one provider says a run gave. Everything but `provider` is a function of the program and the order, so
/// honest providers agree on all of it.
package struct JobReceipt: Sendable, Hashable {
    package let job: JobID
    package let provider: NodeID
    package let outcome: JobOutcome
    package let fuelUsed: UInt64
    /// Beginning of what the program printed, at most 64 KiB.
    package let output: [UInt8]
    /// SHA-256 of all that it printed.
    package let outputHash: Digest

    package init(
        job: JobID, provider: NodeID, outcome: JobOutcome, fuelUsed: UInt64, output: [UInt8], outputHash: Digest
    ) throws(CatalogError) {
        guard outcome.isWithinLimits else { throw .malformedReceipt("its outcome is too long") }
        guard output.count <= CatalogLimits.resultBytesMax else {
            throw .malformedReceipt("it keeps more than \(CatalogLimits.resultBytesMax) bytes of output")
        }
        self.job = job
        self.provider = provider
        self.outcome = outcome
        self.fuelUsed = fuelUsed
        self.output = output
        self.outputHash = outputHash
    }

    /// Hash of what the providers must agree on: all but who says it.
    package var resultHash: Digest {
        var encoder = BCSEncoder()
        encoder.encode(job)
        encodeResult(to: &encoder)
        return Digest(.jobResult, encoder.bytes)
    }

    /// What a provider publishes before any receipt is open: bound to the provider, so that a copied commitment
    /// cannot be opened by another, and salted (32 random bytes), so that a result cannot be guessed from it.
    package func commitment(salt: Digest) -> Digest {
        var encoder = BCSEncoder()
        encoder.encode(self)
        encoder.encode(salt)
        return Digest(.jobCommitment, encoder.bytes)
    }

    private func encodeResult(to encoder: inout BCSEncoder) {
        encoder.encode(outcome)
        encoder.encode(fuelUsed)
        encoder.encodeBytes(output)
        encoder.encode(outputHash)
    }
}

extension JobReceipt: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(job)
        encoder.encode(provider)
        encodeResult(to: &encoder)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        job = try decoder.decode(JobID.self)
        provider = try decoder.decode(NodeID.self)
        outcome = try decoder.decode(JobOutcome.self)
        fuelUsed = try decoder.decode(UInt64.self)
        output = try decoder.decodeBytes(limit: CatalogLimits.resultBytesMax)
        outputHash = try decoder.decode(Digest.self)
    }
}
