import Canonical
import Catalog
import Node

/// What a run gave, who computed it and what it cost.
struct JobSummary: Sendable {
    let report: JobReport
    let program: ProgramID
    /// Fees of the operations that the run took.
    let fees: Amount
    let before: AccountReport
    let after: AccountReport

    /// The receipt that the majority agreed on.
    private var agreed: JobReceipt? {
        guard case .settled(let settlement) = report.job.phase else { return nil }
        return report.receipts.first { $0.resultHash == settlement.resultHash }
    }

    private var settlement: JobSettlement? {
        guard case .settled(let settlement) = report.job.phase else { return nil }
        return settlement
    }

    /// Whether the program returned a value.
    var isValue: Bool {
        guard case .value? = agreed?.outcome else { return false }
        return true
    }

    private var resultText: String {
        switch agreed?.outcome {
        case .value(let bytes)?: String(decoding: bytes, as: UTF8.self)
        case .trap(let kind, let summary)?: "\(kind): \(summary)"
        case nil:
            if case .failed(let failure) = report.job.phase { "no result: \(failure)" } else { "no result" }
        }
    }

    var text: String {
        var lines: [String] = []
        if let output = agreed?.output, !output.isEmpty { lines.append(String(decoding: output, as: UTF8.self)) }
        lines.append("result    \(resultText)")
        lines.append("job       \(report.job.id)")
        for provider in report.job.providers {
            let state = provider.resultHash.map { "receipt \($0.shortDescription)" } ?? "no receipt"
            let paid =
                settlement?.agreeing.contains(provider.node) == true
                ? "agrees, paid \(settlement?.share ?? .zero) CAES" : "not paid"
            lines.append("provider  \(provider.node.shortDescription)  \(state)  \(paid)")
        }
        if let settlement {
            lines.append("fuel      \(settlement.fuelUsed)")
            lines.append("price     \(settlement.price) CAES, of which \(settlement.fee) to the network")
        }
        lines.append("fees      \(fees) CAES for the operations")
        lines.append("balance   \(before.balance) CAES before, \(after.balance) CAES after")
        return lines.joined(separator: "\n")
    }
}

// MARK: JSON

extension JobSummary {
    struct JSON: Encodable {
        struct Receipt: Encodable {
            let provider: String
            let resultHash: String?
            let agrees: Bool
            let paid: String
        }

        let result: String
        let trap: String?
        let output: String
        let job: String
        let program: String
        let phase: String
        let fuel: UInt64?
        let price: String?
        let networkFee: String?
        let fees: String
        let balanceBefore: String
        let balanceAfter: String
        let receipts: [Receipt]
    }

    var json: JSON {
        var trap: String?
        if case .trap(let kind, _)? = agreed?.outcome { trap = kind }
        return JSON(
            result: resultText, trap: trap, output: String(decoding: agreed?.output ?? [], as: UTF8.self),
            job: report.job.id.description, program: program.description, phase: report.job.phase.name,
            fuel: settlement?.fuelUsed, price: settlement?.price.description, networkFee: settlement?.fee.description,
            fees: fees.description, balanceBefore: before.balance.description, balanceAfter: after.balance.description,
            receipts: report.job.providers.map { provider in
                let agrees = settlement?.agreeing.contains(provider.node) == true
                return JSON.Receipt(
                    provider: provider.node.description, resultHash: provider.resultHash?.description, agrees: agrees,
                    paid: agrees ? settlement?.share.description ?? "0" : "0")
            })
    }
}
