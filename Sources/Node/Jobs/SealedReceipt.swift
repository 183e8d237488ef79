import Canonical
import Catalog

/// A receipt whose commitment is on its way, with the salt that opens it. Kept on disk until it was opened.
struct SealedReceipt: CanonicalCodable {
    var receipt: JobReceipt
    var salt: Digest

    init(receipt: JobReceipt, salt: Digest) {
        self.receipt = receipt
        self.salt = salt
    }

    func encode(to encoder: inout BCSEncoder) {
        encoder.encode(receipt)
        encoder.encode(salt)
    }

    init(from decoder: inout BCSDecoder) throws(BCSError) {
        receipt = try decoder.decode()
        salt = try decoder.decode()
    }
}
