import Canonical
import Testing

@testable import ProofOfState

/// Rule 5, durability and restarts.
@Suite struct FinalityTests {
    /// Proposes and notarizes a chain of `count` blocks from view 1.
    private func grow(_ bench: inout ConsensusBench, _ count: View) -> [Block] {
        var chain: [Block] = []
        for view in 1...count {
            let block = bench.block(view: view, parent: chain.last?.header)
            chain.append(block)
            if block.header.proposer == bench.configuration.me { continue }
            bench.propose(block)
            bench.receive(bench.certificate(.notarize, view, block.hash))
        }
        return chain
    }

    @Test func `a finalization makes the block and its ancestors final, in order`() throws {
        var bench = try ConsensusBench.follower(views: 3)
        let chain = grow(&bench, 3)
        #expect(bench.finalized.isEmpty)
        bench.receive(bench.certificate(.finalize, 3, chain[2].hash))
        #expect(bench.finalized == chain)
        #expect(bench.core.tip.height == 3)
    }

    @Test func `nothing is executed before its record is durable`() throws {
        var bench = try ConsensusBench.follower()
        let block = bench.block(view: 1)
        bench.propose(block)
        bench.syncs = false
        bench.receive(bench.certificate(.finalize, 1, block.hash))
        #expect(bench.finalized.isEmpty)
        bench.sync()
        #expect(bench.finalized == [block])
    }

    @Test func `a finalization without its block makes the node ask, once and again later`() throws {
        var bench = try ConsensusBench.follower(views: 2)
        let chain = [bench.block(view: 1)]
        let proof = FinalityProof(header: chain[0].header, certificate: bench.certificate(.finalize, 1, chain[0].hash))
        bench.pass(.received(PeerID(0), .finality(proof)))
        #expect(bench.fetches.isEmpty)
        bench.wait(milliseconds: 60)
        #expect(bench.fetches.contains(.fetchAncestors(chain[0].hash, above: 0)))
        let asked = bench.fetches.count
        bench.pass(.received(PeerID(0), .blocks([bench.block(view: 7)])))
        #expect(bench.fetches.count == asked)
        bench.pass(.received(PeerID(0), .blocks(chain)))
        #expect(bench.finalized == chain)
        #expect(bench.fetches.count == asked)
        bench.wait(milliseconds: 100)
        #expect(bench.fetches.count == asked)
    }

    @Test func `a node far behind asks by height and takes a certified run`() throws {
        var bench = try ConsensusBench.follower(views: 40)
        var chain: [Block] = []
        for view in 1...40 { chain.append(bench.block(view: View(view), parent: chain.last?.header)) }
        let last = chain[39]
        bench.pass(
            .received(
                PeerID(0),
                .finality(FinalityProof(header: last.header, certificate: bench.certificate(.finalize, 40, last.hash))))
        )
        bench.wait(milliseconds: 60)
        #expect(bench.fetches == [.fetchFinal(from: 1)])
        let wrong = FinalRange(
            blocks: Array(chain[0..<20]), certificate: bench.certificate(.finalize, 19, chain[18].hash))
        bench.pass(.received(PeerID(0), .finalRange(wrong)))
        #expect(bench.finalized.isEmpty)
        let run = FinalRange(
            blocks: Array(chain[0..<20]), certificate: bench.certificate(.finalize, 20, chain[19].hash))
        bench.pass(.received(PeerID(0), .finalRange(run)))
        #expect(bench.finalized == Array(chain[0..<20]))
        let rest = FinalRange(blocks: Array(chain[10...]), certificate: bench.certificate(.finalize, 40, last.hash))
        bench.pass(.received(PeerID(0), .finalRange(rest)))
        #expect(bench.finalized == chain)
        #expect(bench.core.view == 41)
    }

    @Test func `serves final blocks from the log and recent ones by hash, rate-limited`() throws {
        var bench = try ConsensusBench.follower()
        let block = bench.block(view: 1)
        bench.propose(block)
        bench.receive(bench.certificate(.finalize, 1, block.hash))
        bench.pass(.received(PeerID(2), .fetchFinal(from: 1)))
        bench.pass(.received(PeerID(2), .fetchFinal(from: 1)))
        let reads = bench.actions.filter { if case .readFinal = $0 { true } else { false } }
        #expect(reads.count == 1)
        let range = FinalRange(blocks: [block], certificate: bench.certificate(.finalize, 1, block.hash))
        bench.pass(.finalBlocks(FinalReadRequest(peer: PeerID(2), from: 1), range))
        #expect(bench.sent.contains { $0.peer == PeerID(2) && $0.message == .finalRange(range) })
        bench.pass(.received(PeerID(3), .fetchAncestors(block.hash, above: 0)))
        bench.pass(.received(PeerID(3), .fetchAncestors(block.hash, above: 0)))
        #expect(bench.sent.filter { $0.peer == PeerID(3) && $0.message == .blocks([block]) }.count == 1)
    }

    @Test func `after a restart it stands where it stood and signs nothing else`() throws {
        var bench = try ConsensusBench.follower(views: 2)
        let first = bench.block(view: 1)
        bench.propose(first)
        bench.receive(bench.certificate(.notarize, 1, first.hash))
        let second = bench.block(view: 2, parent: first.header)
        bench.propose(second)
        let votes = bench.votes
        bench.restart()
        #expect(bench.core.view == 2)
        #expect(bench.votes == votes.filter { $0.view == 2 })
        bench.propose(bench.block(view: 2, parent: first.header, operations: [[9]]))
        #expect(Set(bench.votes(.notarize).map(\.hash)) == [second.hash])
    }

    @Test func `after a restart a nullified view is not finalized`() throws {
        var bench = try ConsensusBench.follower()
        let block = bench.block(view: 1)
        bench.propose(block)
        bench.wait(milliseconds: 700)
        #expect(bench.votes(.nullify).count > 0)
        bench.restart()
        bench.receive(bench.certificate(.notarize, 1, block.hash))
        #expect(bench.core.view == 2)
        #expect(bench.votes(.finalize).isEmpty)
    }

    @Test func `a leader's proposal survives a restart and is not made twice`() throws {
        var bench = try ConsensusBench.leader()
        let block = try #require(bench.proposals.first)
        bench.operations = [[1]]
        bench.restart()
        bench.wait(milliseconds: 5_000)
        #expect(Set(bench.proposals.map(\.hash)) == [block.hash])
    }

    @Test func `starts from a final tip with only the records after it`() throws {
        var bench = try ConsensusBench.follower(views: 3)
        let chain = grow(&bench, 3)
        let certificate = bench.certificate(.finalize, 2, chain[1].hash)
        bench.receive(certificate)
        let later = bench.records.filter { record in
            switch record {
            case .block(let block): block.height > 2
            case .vote, .proposal, .certificate: true
            case .final: false
            }
        }
        let core = Consensus(
            bench.configuration, signer: nil, tip: FinalTip(header: chain[1].header, certificate: certificate),
            records: later)
        #expect(core.tip.hash == chain[1].hash)
        #expect(core.view == 4)
        #expect(core.status == bench.core.status)
    }

    @Test func `records to store stand before all other actions`() throws {
        var bench = try ConsensusBench.follower(views: 2)
        bench.answers = false
        bench.syncs = false
        let block = bench.block(view: 1)
        bench.propose(block)
        bench.pass(.verdict(block.hash, isValid: true))
        bench.propose(bench.block(view: 2, parent: block.header))
        bench.actions = []
        bench.receive(bench.certificate(.notarize, 1, block.hash))
        let kinds = bench.actions.map { if case .persist = $0 { true } else { false } }
        #expect(kinds.contains(false))
        #expect(kinds.drop { $0 }.allSatisfy { !$0 })
    }

    @Test func `final blocks come back from the log`() throws {
        var bench = try ConsensusBench.follower(views: 3)
        let chain = grow(&bench, 3)
        bench.receive(bench.certificate(.finalize, 2, chain[1].hash))
        bench.restart()
        #expect(bench.core.tip.hash == chain[1].hash)
        #expect(bench.core.view == 4)
        bench.receive(bench.certificate(.finalize, 3, chain[2].hash))
        #expect(bench.finalized == [chain[2]])
    }
}
