package import Canonical

/// A provider's sealed receipt of a job.
package struct ReceiptCommitment: Sendable, Hashable {
    package let job: JobID
    /// `JobReceipt.commitment(salt:)`.
    package let commitment: Digest

    package init(job: JobID, commitment: Digest) {
        self.job = job
        self.commitment = commitment
    }
}

extension ReceiptCommitment: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(job)
        encoder.encode(commitment)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        job = try decoder.decode(JobID.self)
        commitment = try decoder.decode(Digest.self)
    }
}
