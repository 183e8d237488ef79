package import Canonical
package import Catalog

/// A job as the ledger has it, with the receipts that were opened.
package struct JobReport: Sendable, Hashable, CanonicalCodable {
    package var job: Job
    package var receipts: [JobReceipt]

    package init(job: Job, receipts: [JobReceipt]) {
        self.job = job
        self.receipts = receipts
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(job)
        encoder.encode(receipts)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        job = try decoder.decode()
        receipts = try decoder.decodeArray(limit: 64)
    }
}
