package import Canonical

/// A payment from the subject to another identity, which need not be registered yet.
package struct Transfer: Sendable, Hashable {
    /// Bytes of a memo at most.
    package static let memoBytesMax = 256

    package let to: NodeID
    package let amount: Amount
    /// Free bytes for the receiver; public.
    package let memo: [UInt8]

    package init(to: NodeID, amount: Amount, memo: [UInt8] = []) {
        self.to = to
        self.amount = amount
        self.memo = memo
    }
}

extension Transfer: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(to)
        encoder.encode(amount)
        encoder.encodeBytes(memo)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        to = try decoder.decode(NodeID.self)
        amount = try decoder.decode(Amount.self)
        memo = try decoder.decodeBytes(limit: Transfer.memoBytesMax)
    }
}
