import Canonical
import Testing

@testable import ProofOfState

/// Rules 3 and 4.
@Suite struct ViewChangeTests {
    @Test func `a notarization ends the view and is voted final`() throws {
        var bench = try ConsensusBench.follower()
        let block = bench.block(view: 1)
        bench.propose(block)
        for voter in bench.others.prefix(2) {
            bench.pass(.received(PeerID(voter), .vote(bench.vote(.notarize, 1, block.hash, by: voter))))
        }
        #expect(bench.core.view == 2)
        #expect(bench.votes(.finalize).map(\.hash) == [block.hash])
    }

    @Test func `no quorum, no step`() throws {
        var bench = try ConsensusBench.follower()
        let block = bench.block(view: 1)
        bench.propose(block)
        let voter = bench.others[0]
        for _ in 0..<3 {
            bench.pass(.received(PeerID(voter), .vote(bench.vote(.notarize, 1, block.hash, by: voter))))
        }
        bench.receive(bench.certificate(.notarize, 1, block.hash, signers: [0, 1]))
        bench.receive(bench.certificate(.notarize, 1, block.hash, signers: [0, 0, 0]))
        bench.receive(bench.certificate(.notarize, 1, block.hash, signers: [1, 0, 2]))
        bench.receive(bench.certificate(.notarize, 1, block.hash, signers: [0, 1, 9]))
        #expect(bench.core.view == 1)
    }

    @Test func `weights make the quorum, not heads`() throws {
        var bench = try ConsensusBench(ConsensusBench.configuration(me: nil, weights: [10, 1, 1, 1]))
        #expect(bench.configuration.validators.quorum == 9)
        let block = bench.block(view: 1)
        bench.receive(bench.certificate(.notarize, 1, block.hash, signers: [1, 2, 3]))
        #expect(bench.core.view == 1)
        bench.receive(bench.certificate(.notarize, 1, block.hash, signers: [0]))
        #expect(bench.core.view == 2)
    }

    @Test func `nullifies once after 2Δ without a proposal`() throws {
        var bench = try ConsensusBench.follower()
        bench.wait(milliseconds: 399)
        #expect(bench.votes.isEmpty)
        bench.wait(milliseconds: 1)
        #expect(bench.votes(.nullify).map(\.view) == [1])
        bench.wait(milliseconds: 300)
        #expect(Set(bench.votes(.nullify).map(\.view)) == [1])
        #expect(bench.core.view == 1)
    }

    @Test func `with a proposal it waits 3Δ for the notarization`() throws {
        var bench = try ConsensusBench.follower()
        bench.propose(bench.block(view: 1))
        bench.wait(milliseconds: 599)
        #expect(bench.votes(.nullify).isEmpty)
        bench.wait(milliseconds: 1)
        #expect(bench.votes(.nullify).count == 1)
    }

    @Test func `never finalizes a view that it nullified`() throws {
        var bench = try ConsensusBench.follower()
        let block = bench.block(view: 1)
        bench.propose(block)
        bench.wait(milliseconds: 700)
        bench.receive(bench.certificate(.notarize, 1, block.hash))
        #expect(bench.core.view == 2)
        #expect(bench.votes(.finalize).isEmpty)
    }

    @Test func `the gate holds inside a term until a finalization opens it`() throws {
        var bench = try ConsensusBench.follower(termLength: 4, views: 4)
        let first = bench.block(view: 1)
        let second = bench.block(view: 2, parent: first.header)
        let third = bench.block(view: 3, parent: second.header)
        bench.propose(first)
        bench.wait(milliseconds: 700)
        #expect(bench.votes(.nullify).map(\.view).first == 1)
        bench.receive(bench.certificate(.notarize, 1, first.hash))
        bench.propose(second)
        bench.receive(bench.certificate(.notarize, 2, second.hash))
        #expect(bench.votes(.finalize).isEmpty)
        bench.receive(bench.certificate(.finalize, 2, second.hash))
        bench.propose(third)
        bench.receive(bench.certificate(.notarize, 3, third.hash))
        #expect(bench.votes(.finalize).map(\.view) == [3])
    }

    @Test func `the gate does not reach into the next term`() throws {
        var bench = try ConsensusBench.follower(termLength: 2, views: 4)
        bench.wait(milliseconds: 700)
        bench.receive(bench.certificate(.nullify, 1))
        #expect(bench.core.view == 3)
        let block = bench.block(view: 3)
        bench.propose(block)
        bench.receive(bench.certificate(.notarize, 3, block.hash))
        #expect(bench.votes(.finalize).map(\.view) == [3])
    }

    @Test func `Δ grows by half with each failed term and shrinks with success`() throws {
        var bench = try ConsensusBench.follower(views: 2)
        #expect(bench.core.deltaNanoseconds == 200_000_000)
        bench.wait(milliseconds: 400)
        bench.receive(bench.certificate(.nullify, 1))
        #expect(bench.core.deltaNanoseconds == 300_000_000)
        let block = bench.block(view: 2)
        bench.propose(block)
        bench.receive(bench.certificate(.notarize, 2, block.hash))
        bench.receive(bench.certificate(.finalize, 2, block.hash))
        #expect(bench.core.deltaNanoseconds < 300_000_000)
    }

    @Test func `a nullification learned from others does not slow the node down`() throws {
        var bench = try ConsensusBench.follower()
        bench.receive(bench.certificate(.nullify, 1))
        #expect(bench.core.view == 2)
        #expect(bench.core.deltaNanoseconds == 200_000_000)
    }

    @Test func `finalize and nullify of one view by one voter are evidence`() throws {
        var bench = try ConsensusBench.follower()
        let hash = Digest(sha256: [1])
        let voter = bench.others[0]
        bench.pass(.received(PeerID(voter), .vote(bench.vote(.nullify, 1, .zero, by: voter))))
        bench.pass(.received(PeerID(voter), .vote(bench.vote(.finalize, 1, hash, by: voter))))
        bench.pass(.received(PeerID(voter), .vote(bench.vote(.notarize, 1, hash, by: voter))))
        #expect(bench.evidence.count == 1)
        #expect(bench.evidence.first?.offender == voter)
    }

    @Test func `two contradicting quorums stop the node`() throws {
        var bench = try ConsensusBench.follower()
        let first = bench.block(view: 1)
        let second = bench.block(view: 1, operations: [[1]])
        bench.receive(bench.certificate(.notarize, 1, first.hash))
        bench.receive(bench.certificate(.notarize, 1, second.hash, signers: [1, 2, 3]))
        #expect(bench.core.isHalted)
        let before = bench.votes.count
        bench.wait(milliseconds: 5_000)
        #expect(bench.votes.count == before || bench.votes.dropFirst(before).allSatisfy { $0.kind == .finalize })
    }
}
