package import Canonical
package import Ledger

/// What became of an operation, with the final block that holds it.
package struct FinalReceipt: Sendable, Hashable, CanonicalCodable {
    package var receipt: OperationReceipt
    package var height: UInt64
    package var block: BlockHash

    package init(receipt: OperationReceipt, height: UInt64, block: BlockHash) {
        self.receipt = receipt
        self.height = height
        self.block = block
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(receipt)
        encoder.encode(height)
        encoder.encode(block)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        receipt = try decoder.decode()
        height = try decoder.decode()
        block = try decoder.decode()
    }
}

/// What an identity holds.
package struct AccountReport: Sendable, Hashable, CanonicalCodable {
    package var id: NodeID
    package var isRegistered: Bool
    package var balance: Amount
    package var bond: Amount
    package var nextSequence: UInt64
    /// The height that this is true at.
    package var height: UInt64

    package init(
        id: NodeID, isRegistered: Bool, balance: Amount, bond: Amount, nextSequence: UInt64, height: UInt64
    ) {
        self.id = id
        self.isRegistered = isRegistered
        self.balance = balance
        self.bond = bond
        self.nextSequence = nextSequence
        self.height = height
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(id)
        encoder.encode(isRegistered)
        encoder.encode(balance)
        encoder.encode(bond)
        encoder.encode(nextSequence)
        encoder.encode(height)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        id = try decoder.decode()
        isRegistered = try decoder.decode()
        balance = try decoder.decode()
        bond = try decoder.decode()
        nextSequence = try decoder.decode()
        height = try decoder.decode()
    }
}
