import Canonical
import Ledger
import Testing

@testable import Node

@Suite struct FinalityTableTests {
    private func id(_ number: UInt8) -> OperationID { OperationID(Digest(sha256: [number])) }

    private func block(_ height: UInt64, _ operations: UInt8...) -> FinalizedBlock {
        FinalizedBlock(
            height: height, hash: BlockHash(Digest(sha256: height.canonicalBytes)), time: Timestamp(seconds: height),
            receipts: operations.map { OperationReceipt(id: id($0), outcome: .applied, fee: Amount(attos: 1)) },
            events: [], stateRoot: .zero)
    }

    @Test func `remembers what became final, and where`() async {
        let table = FinalityTable()
        let (blocks, source) = AsyncStream.makeStream(of: FinalizedBlock.self)
        source.yield(block(1, 1, 2))
        source.yield(block(2, 3))
        source.finish()
        await table.follow(blocks)
        #expect(await table.receipt(of: id(2))?.height == 1)
        #expect(await table.receipt(of: id(3))?.block == block(2).hash)
    }

    @Test func `all who wait for an operation hear of it`() async {
        let table = FinalityTable()
        let (blocks, source) = AsyncStream.makeStream(of: FinalizedBlock.self)
        await withTaskGroup(of: FinalReceipt?.self) { group in
            for _ in 0..<3 { group.addTask { await table.receipt(of: id(7)) } }
            source.yield(block(4, 6))
            source.yield(block(5, 7))
            source.finish()
            await table.follow(blocks)
            for await receipt in group { #expect(receipt?.height == 5) }
        }
    }

    @Test func `a cancelled wait ends without a receipt`() async {
        let table = FinalityTable()
        let waiter = Task { await table.receipt(of: id(1)) }
        waiter.cancel()
        #expect(await waiter.value == nil)
    }
}
