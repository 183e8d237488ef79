package import Canonical
import Ledger

/// What became of recent operations, and who waits for one.
package actor FinalityTable {
    private static let receiptsMax = 100_000

    private var receipts: [OperationID: FinalReceipt] = [:]
    private var order: [OperationID] = []
    private var waiting: [OperationID: [UInt64: CheckedContinuation<FinalReceipt?, Never>]] = [:]
    private var nextWaiter: UInt64 = 0

    package init() {}

    /// Records the receipts of final blocks until the chain stops.
    package func follow(_ blocks: AsyncStream<FinalizedBlock>) async {
        for await block in blocks { add(block) }
    }

    private func add(_ block: FinalizedBlock) {
        for receipt in block.receipts {
            let final = FinalReceipt(receipt: receipt, height: block.height, block: block.hash)
            receipts[receipt.id] = final
            order.append(receipt.id)
            for waiter in (waiting.removeValue(forKey: receipt.id) ?? [:]).values { waiter.resume(returning: final) }
        }
        guard order.count > 2 * FinalityTable.receiptsMax else { return }
        for id in order.prefix(FinalityTable.receiptsMax) { receipts[id] = nil }
        order.removeFirst(FinalityTable.receiptsMax)
    }

    /// Waits until the operation is final; nil when the task was cancelled.
    package func receipt(of id: OperationID) async -> FinalReceipt? {
        if let receipt = receipts[id] { return receipt }
        let number = nextWaiter
        nextWaiter += 1
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled { return continuation.resume(returning: nil) }
                waiting[id, default: [:]][number] = continuation
            }
        } onCancel: {
            Task { await self.giveUp(id, number) }
        }
    }

    private func giveUp(_ id: OperationID, _ number: UInt64) {
        waiting[id]?.removeValue(forKey: number)?.resume(returning: nil)
        if waiting[id]?.isEmpty == true { waiting[id] = nil }
    }
}
