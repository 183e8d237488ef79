import Canonical
import Testing

@testable import ProofOfState

/// Rule 2.
@Suite struct NotarizeTests {
    @Test func `votes for the first valid proposal of the view's leader`() throws {
        var bench = try ConsensusBench.follower()
        let block = bench.block(view: 1)
        bench.propose(block)
        #expect(bench.votes.map(\.hash) == [block.hash])
        #expect(bench.votes.map(\.kind) == [.notarize])
    }

    @Test func `votes once a view and accuses a leader that proposes twice`() throws {
        var bench = try ConsensusBench.follower()
        let first = bench.block(view: 1)
        let second = bench.block(view: 1, operations: [[1]])
        bench.propose(first)
        bench.propose(second)
        #expect(bench.votes(.notarize).map(\.hash) == [first.hash])
        let evidence = try #require(bench.evidence.first)
        try evidence.verify(
            validators: bench.configuration.validators, context: bench.configuration.context,
            checker: ConsensusBench.Token(voter: 0))
        #expect(evidence.offender == first.header.proposer)
    }

    @Test func `the block and then the vote are durable before the vote leaves`() throws {
        var bench = try ConsensusBench.follower()
        bench.syncs = false
        let block = bench.block(view: 1)
        bench.propose(block)
        #expect(bench.votes.isEmpty)
        let records = bench.actions.compactMap { action -> ConsensusRecord? in
            guard case .persist(_, let record) = action else { return nil }
            return record
        }
        #expect(records.count == 2)
        #expect(records.first == .block(block))
        guard case .vote(let vote) = records.last else { Issue.record("no vote was stored"); return }
        #expect(vote.hash == block.hash)
        bench.sync()
        #expect(bench.votes == [vote])
    }

    @Test func `waits for the application and refuses what it refuses`() throws {
        var bench = try ConsensusBench.follower()
        bench.answers = false
        let block = bench.block(view: 1)
        bench.propose(block)
        #expect(bench.votes.isEmpty)
        bench.pass(.verdict(block.hash, isValid: false))
        #expect(bench.votes.isEmpty)
        bench.pass(.verdict(block.hash, isValid: true))
        #expect(bench.votes.isEmpty)
    }

    @Test func `votes for a valid proposal after nullifying the view itself`() throws {
        var bench = try ConsensusBench.follower()
        bench.wait(milliseconds: 500)
        #expect(bench.votes(.nullify).count == 1)
        bench.propose(bench.block(view: 1))
        #expect(bench.votes(.notarize).count == 1)
    }

    @Test(arguments: [
        "height", "time order", "time ahead", "proposer", "network", "epoch", "validators", "parent view",
    ])
    func `refuses an ill-formed header`(field: String) throws {
        var bench = try ConsensusBench.follower()
        let leader = bench.configuration.schedule.leader(of: 1)
        let late = bench.now.advanced(byMilliseconds: 3_000)
        let block = bench.block(view: 1) { header in
            switch field {
            case "height": header.height = 2
            case "time order": header.time = Timestamp(seconds: 1)
            case "time ahead": header.time = late
            case "proposer": header.proposer = (leader + 1) % 4
            case "network": header.network = NetworkID(.zero)
            case "epoch": header.epoch = 1
            case "validators": header.validators = .zero
            default: header.parentView = 1
            }
        }
        bench.propose(block)
        #expect(bench.votes.isEmpty)
    }

    @Test func `refuses a parent that is not notarized until it sees its notarization`() throws {
        var bench = try ConsensusBench.follower(views: 2)
        let parent = bench.block(view: 1)
        let child = bench.block(view: 2, parent: parent.header)
        bench.receive(bench.certificate(.nullify, 1))
        bench.pass(.received(PeerID(0), .proposal(parent, signature: [])))
        bench.propose(child)
        #expect(bench.votes(.notarize).isEmpty)
        bench.receive(bench.certificate(.notarize, 1, parent.hash))
        #expect(bench.votes(.notarize).map(\.hash) == [child.hash])
    }

    @Test func `refuses a gap until a nullification covers it, and asks for that`() throws {
        var bench = try ConsensusBench.follower(views: 3)
        bench.receive(bench.certificate(.nullify, 2))
        #expect(bench.core.view == 3)
        let block = bench.block(view: 3)
        bench.propose(block)
        #expect(bench.votes.isEmpty)
        bench.wait(milliseconds: 100)
        #expect(bench.fetches.first == .fetchCertificates(from: 1, through: 2))
        bench.receive(bench.certificate(.nullify, 1))
        #expect(bench.votes(.notarize).map(\.hash) == [block.hash])
    }

    @Test func `inside a term the parent is the view before`() throws {
        var bench = try ConsensusBench.follower(termLength: 3, views: 3)
        let first = bench.block(view: 1)
        bench.propose(first)
        bench.receive(bench.certificate(.notarize, 1, first.hash))
        #expect(bench.core.view == 2)
        bench.propose(bench.block(view: 2))
        #expect(bench.votes(.notarize).map(\.view) == [1])
        var other = try ConsensusBench.follower(termLength: 3, views: 3)
        other.propose(first)
        other.receive(other.certificate(.notarize, 1, first.hash))
        other.propose(other.block(view: 2, parent: first.header))
        #expect(other.votes(.notarize).map(\.view) == [1, 2])
    }

    @Test func `keeps a proposal of the next view until it gets there`() throws {
        var bench = try ConsensusBench.follower(views: 2)
        let first = bench.block(view: 1)
        let second = bench.block(view: 2, parent: first.header)
        bench.propose(second)
        bench.propose(first)
        bench.receive(bench.certificate(.notarize, 1, first.hash))
        #expect(bench.votes(.notarize).map(\.hash) == [first.hash, second.hash])
    }
}
