package import Canonical

/// What became of an operation in a block. A leaf of the receipts root.
package struct OperationReceipt: Sendable, Hashable {
    /// Whether it was applied.
    package enum Outcome: Sendable, Hashable {
        case applied
        /// Nothing changed but the fee and the sequence, and those only when `fee` says so.
        case refused(code: UInt16, text: String)
    }

    package let id: OperationID
    package let outcome: Outcome
    /// What was paid to the fee sink.
    package let fee: Amount

    package init(id: OperationID, outcome: Outcome, fee: Amount) {
        self.id = id
        self.outcome = outcome
        self.fee = fee
    }

    init(id: OperationID, refusal: LedgerRefusal, fee: Amount) {
        self.init(id: id, outcome: .refused(code: refusal.code, text: refusal.description), fee: fee)
    }

    package var isApplied: Bool { outcome == .applied }
}

extension OperationReceipt: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(id)
        switch outcome {
        case .applied: encoder.encodeVariant(0)
        case .refused(let code, let text):
            encoder.encodeVariant(1)
            encoder.encode(code)
            encoder.encode(text)
        }
        encoder.encode(fee)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        id = try decoder.decode(OperationID.self)
        let offset = decoder.offset
        let index = try decoder.decodeVariant()
        switch index {
        case 0: outcome = .applied
        case 1:
            let code = try decoder.decode(UInt16.self)
            outcome = .refused(code: code, text: try decoder.decodeString(limit: 4096))
        default: throw .unknownVariant(offset: offset, type: "OperationReceipt.Outcome", index: index)
        }
        fee = try decoder.decode(Amount.self)
    }
}
