import Canonical
import Ledger
import ProofOfState
import Testing

@testable import Node

@Suite struct ChainApplicationTests {
    @Test func `takes an operation, proposes it, and pays when its block is final`() async throws {
        let bench = try await ChainBench()
        let before = bench.balance(bench.receiver)
        let id = try bench.admit(bench.transfer(3, sequence: 0))
        #expect(bench.application.hasOperations)
        let block = try bench.block(on: bench.base, view: 1)
        #expect(block.operations.count == 1)
        #expect(bench.isValid(block))
        let outcome = try #require(bench.finalize(block))
        #expect(outcome.receipts.map(\.id) == [id])
        #expect(outcome.receipts.allSatisfy { $0.isApplied })
        #expect(bench.balance(bench.receiver) == (try before.adding(Amount(caes: 3))))
        #expect(!bench.application.hasOperations)
        #expect(bench.application.finalHeight == 1)
    }

    @Test func `refuses an operation twice, a changed one and one that does not decode`() async throws {
        let bench = try await ChainBench()
        let bytes = try bench.transfer(1, sequence: 0)
        _ = try bench.admit(bytes)
        #expect { _ = try bench.admit(bytes) } throws: {
            guard case NodeError.mempool(.duplicate) = $0 else { return false }
            return true
        }
        var changed = try bench.transfer(1, sequence: 1)
        changed[changed.count - 1] ^= 1
        #expect(throws: NodeError.self) { _ = try bench.admit(changed) }
        #expect { _ = try bench.admit([1, 2, 3]) } throws: {
            guard case NodeError.refusedEnvelope(.malformed) = $0 else { return false }
            return true
        }
        #expect(bench.application.mempool.contains(try Envelope(canonicalBytes: bytes).id))
    }

    @Test func `refuses blocks with a wrong root, a forged operation or an unknown parent`() async throws {
        let bench = try await ChainBench()
        let good = try bench.block(on: bench.base, view: 1, [])
        var header = good.header.header
        header.stateRoot = Digest(sha256: [1])
        #expect(!bench.isValid(Block(sealing: header, operations: [])))
        header = good.header.header
        header.receiptsRoot = Digest(sha256: [1])
        #expect(!bench.isValid(Block(sealing: header, operations: [])))
        header = good.header.header
        header.parentHash = Digest(sha256: [1])
        #expect(!bench.isValid(Block(sealing: header, operations: [])))
        #expect(bench.finalize(Block(sealing: header, operations: [])) == nil)
        var forged = try bench.transfer(1, sequence: 0)
        forged[forged.count - 1] ^= 1
        #expect(!bench.isValid(Block(sealing: good.header.header, operations: [forged])))
        #expect(!bench.isValid(Block(sealing: good.header.header, operations: [[7]])))
        #expect(bench.isValid(good))
    }

    @Test func `goes back over a lost branch and leaves no trace of it`() async throws {
        let bench = try await ChainBench()
        let operation = try bench.transfer(5, sequence: 0)
        _ = try bench.admit(operation)
        let lost = try bench.block(on: bench.base, view: 1)
        #expect(bench.isValid(lost))
        let won = try bench.block(on: bench.base, view: 2, [])
        #expect(bench.isValid(won))

        // Ahead of finality on the branch that loses …
        let onLost = try bench.block(on: lost.header, view: 3)
        #expect(bench.isValid(onLost))
        #expect(bench.balance(bench.receiver) == Amount(caes: 105))
        // … then on the one that wins.
        let onWon = try bench.block(on: won.header, view: 4)
        #expect(bench.isValid(onWon))
        #expect(bench.balance(bench.receiver) == Amount(caes: 100))
        #expect(onWon.operations == [operation], "what the lost branch held goes into the other")

        #expect(bench.finalize(won) != nil)
        #expect(!bench.isValid(onLost))
        let outcome = try #require(bench.finalize(onWon))
        #expect(outcome.receipts.allSatisfy { $0.isApplied })

        // A replica that saw only the winning blocks stands at the same root.
        let other = try await ChainBench()
        #expect(other.finalize(won) != nil)
        #expect(other.finalize(onWon)?.stateRoot == outcome.stateRoot)
        #expect(other.application.ledger.stateRoot == bench.application.ledger.stateRoot)
        #expect(bench.balance(bench.receiver) == Amount(caes: 105))
    }

    @Test func `a final block that was never seen is executed, and its forks die`() async throws {
        let proposer = try await ChainBench()
        let first = try proposer.block(on: proposer.base, view: 1, [proposer.transfer(2, sequence: 0)])
        #expect(proposer.isValid(first))
        let second = try proposer.block(on: first.header, view: 2, [proposer.transfer(2, sequence: 1)])
        let bench = try await ChainBench()
        let fork = try bench.block(on: bench.base, view: 5, [])
        #expect(bench.isValid(fork))
        let onFork = try bench.block(on: fork.header, view: 6, [])
        #expect(bench.isValid(onFork))
        #expect(bench.finalize(second) == nil, "its parent is missing")
        #expect(bench.finalize(first) != nil)
        #expect(bench.finalize(second) != nil)
        #expect(bench.application.finalHeight == 2)
        #expect(bench.balance(bench.receiver) == Amount(caes: 104))
        #expect(!bench.isValid(onFork))
    }

    @Test func `numbers go on behind what waits`() async throws {
        let bench = try await ChainBench()
        #expect(bench.application.nextSequence(of: bench.user.id) == 0)
        _ = try bench.admit(bench.transfer(1, sequence: 0))
        #expect(bench.application.nextSequence(of: bench.user.id) == 1)
        _ = try bench.admit(bench.transfer(1, sequence: 1))
        #expect(try bench.block(on: bench.base, view: 1).operations.count == 2)
    }
}
