package import Canonical
package import Catalog

/// A provider's opened receipt of a job.
package struct ReceiptReveal: Sendable, Hashable {
    package let receipt: JobReceipt
    /// The 32 random bytes that sealed it.
    package let salt: Digest

    package init(receipt: JobReceipt, salt: Digest) {
        self.receipt = receipt
        self.salt = salt
    }
}

extension ReceiptReveal: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(receipt)
        encoder.encode(salt)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        receipt = try decoder.decode(JobReceipt.self)
        salt = try decoder.decode(Digest.self)
    }
}
