import Canonical
import Testing

@testable import ProofOfState

/// Rule 1, idling, and rule 6.
@Suite struct LeadingTests {
    @Test func `the leader proposes at once, after its block and proposal are durable`() throws {
        var bench = try ConsensusBench(ConsensusBench.configuration(me: nil))
        let leader = bench.configuration.schedule.leader(of: 1)
        bench = try ConsensusBench(ConsensusBench.configuration(me: leader))
        let block = try #require(bench.proposals.first)
        #expect(block.view == 1)
        #expect(bench.records.prefix(2).map(\.view) == [1, 1])
        guard case .proposal(let proposal) = bench.records[1] else { Issue.record("no proposal stored"); return }
        #expect(proposal.header == block.header)
        #expect(bench.votes(.notarize).map(\.hash) == [block.hash])
    }

    @Test func `builds on the highest notarized parent when the gap is covered`() throws {
        let schedule = try ConsensusBench.configuration(me: nil).schedule
        var bench = try ConsensusBench(ConsensusBench.configuration(me: schedule.leader(of: 3)))
        let first = bench.block(view: 1)
        bench.propose(first)
        bench.receive(bench.certificate(.notarize, 1, first.hash))
        bench.receive(bench.certificate(.nullify, 2))
        let mine = try #require(bench.proposals.first)
        #expect(mine.view == 3)
        #expect(mine.parentHash == first.hash)
        #expect(mine.header.parentView == 1)
    }

    @Test func `asks for what is missing rather than building over a gap`() throws {
        let schedule = try ConsensusBench.configuration(me: nil).schedule
        var bench = try ConsensusBench(ConsensusBench.configuration(me: schedule.leader(of: 3)))
        bench.receive(bench.certificate(.nullify, 2))
        #expect(bench.proposals.isEmpty)
        bench.wait(milliseconds: 60)
        #expect(bench.fetches == [.fetchCertificates(from: 1, through: 2)])
        bench.receive(bench.certificate(.nullify, 1))
        #expect(bench.proposals.map(\.parentHash) == [bench.configuration.base.hash])
    }

    @Test func `an idle leader waits, and proposes at once when operations arrive`() throws {
        var bench = try ConsensusBench.leader(wait: 1_000_000_000)
        bench.wait(milliseconds: 300)
        #expect(bench.proposals.isEmpty)
        bench.operations = [[1, 2]]
        bench.pass(.operationsAvailable(true))
        #expect(bench.proposals.map(\.operations) == [[[1, 2]]])
        var idle = try ConsensusBench.leader(wait: 1_000_000_000)
        idle.wait(milliseconds: 1_000)
        #expect(idle.proposals.map(\.operations) == [[]])
    }

    @Test func `a leader gathers operations while earlier blocks are not final`() throws {
        let schedule = try ConsensusBench.configuration(me: nil).schedule
        var bench = try ConsensusBench(
            ConsensusBench.configuration(me: schedule.leader(of: 2), wait: 1_000_000_000))
        let first = bench.block(view: 1, operations: [[1]])
        bench.propose(first)
        bench.operations = [[2]]
        bench.pass(.operationsAvailable(true))
        bench.receive(bench.certificate(.notarize, 1, first.hash))
        bench.wait(milliseconds: 49)
        #expect(bench.proposals.isEmpty)
        bench.wait(milliseconds: 1)
        #expect(bench.proposals.map(\.operations) == [[[2]]])
    }

    @Test func `finality of what came before ends the gathering`() throws {
        let schedule = try ConsensusBench.configuration(me: nil).schedule
        var bench = try ConsensusBench(
            ConsensusBench.configuration(me: schedule.leader(of: 2), wait: 1_000_000_000))
        let first = bench.block(view: 1, operations: [[1]])
        bench.propose(first)
        bench.operations = [[2]]
        bench.pass(.operationsAvailable(true))
        bench.receive(bench.certificate(.notarize, 1, first.hash))
        bench.wait(milliseconds: 2)
        bench.receive(bench.certificate(.finalize, 1, first.hash))
        #expect(bench.proposals.map(\.operations) == [[[2]]])
    }

    @Test func `the state after operations is certified without further ones`() throws {
        let schedule = try ConsensusBench.configuration(me: nil).schedule
        var bench = try ConsensusBench(
            ConsensusBench.configuration(me: schedule.leader(of: 2), wait: 1_000_000_000))
        let first = bench.block(view: 1, operations: [[1]])
        bench.propose(first)
        bench.pass(.operationsAvailable(true))
        bench.receive(bench.certificate(.notarize, 1, first.hash))
        bench.receive(bench.certificate(.finalize, 1, first.hash))
        bench.wait(milliseconds: 24)
        #expect(bench.proposals.isEmpty)
        bench.wait(milliseconds: 1)
        #expect(bench.proposals.map(\.operations) == [[]])
    }

    @Test func `an idle leader is woken by a validator that holds operations`() throws {
        var bench = try ConsensusBench.leader(wait: 1_000_000_000)
        bench.pass(.received(PeerID(bench.others[0]), .wake(1)))
        bench.wait(milliseconds: 199)
        #expect(bench.proposals.isEmpty)
        bench.wait(milliseconds: 1)
        #expect(bench.proposals.count == 1)
    }

    @Test func `a validator gives an idle leader its time, and 3Δ after it was woken`() throws {
        var idle = try ConsensusBench.follower(wait: 1_000_000_000)
        idle.wait(milliseconds: 1_399)
        #expect(idle.votes.isEmpty)
        idle.wait(milliseconds: 1)
        #expect(idle.votes(.nullify).count == 1)
        var busy = try ConsensusBench.follower(wait: 1_000_000_000)
        busy.pass(.operationsAvailable(true))
        busy.wait(milliseconds: 100)
        #expect(busy.sent.map(\.message) == [.wake(1)])
        #expect(busy.sent.first?.peer == PeerID(busy.configuration.schedule.leader(of: 1)))
        busy.wait(milliseconds: 599)
        #expect(busy.votes.isEmpty)
        busy.wait(milliseconds: 1)
        #expect(busy.votes(.nullify).count == 1)
    }

    @Test func `while stuck it resends its votes and how it came here`() throws {
        var bench = try ConsensusBench.follower(views: 2)
        let block = bench.block(view: 1)
        let entry = bench.certificate(.notarize, 1, block.hash)
        bench.receive(entry)
        bench.wait(milliseconds: 450)
        let before = bench.actions.count
        bench.wait(milliseconds: 400)
        let resent = bench.actions.dropFirst(before)
        let certificates = resent.filter {
            if case .broadcast(.certificate(let sent)) = $0 { sent == entry } else { false }
        }
        let nullifies = resent.filter {
            if case .broadcast(.vote(let vote)) = $0 { vote.kind == .nullify && vote.view == 2 } else { false }
        }
        #expect(certificates.count == 1)
        #expect(nullifies.count == 1)
    }

    @Test func `tells a laggard what ended its view, once`() throws {
        var bench = try ConsensusBench.follower()
        let entry = bench.certificate(.nullify, 1)
        bench.receive(entry)
        let laggard = bench.others[0]
        let vote = bench.vote(.nullify, 1, .zero, by: laggard)
        for _ in 0..<5 { bench.pass(.received(PeerID(laggard), .vote(vote))) }
        #expect(bench.sent.filter { $0.message == .certificate(entry) }.map(\.peer) == [PeerID(laggard)])
    }

    @Test func `answers a status with the highest finalization`() throws {
        var bench = try ConsensusBench.follower()
        let block = bench.block(view: 1)
        bench.propose(block)
        bench.receive(bench.certificate(.finalize, 1, block.hash))
        bench.pass(.received(PeerID(3), .status(ConsensusStatus(view: 1, finalView: 0, finalHeight: 0))))
        let proof = FinalityProof(header: block.header, certificate: bench.certificate(.finalize, 1, block.hash))
        #expect(bench.sent.contains { $0.peer == PeerID(3) && $0.message == .finality(proof) })
        bench.actions = []
        bench.pass(.received(PeerID(3), .status(bench.core.status)))
        #expect(bench.sent.isEmpty)
    }

    @Test func `an observer follows without ever voting`() throws {
        var bench = try ConsensusBench(ConsensusBench.configuration(me: nil))
        let block = bench.block(view: 1)
        bench.propose(block)
        bench.receive(bench.certificate(.notarize, 1, block.hash))
        bench.receive(bench.certificate(.finalize, 1, block.hash))
        bench.wait(milliseconds: 10_000)
        #expect(bench.finalized == [block])
        #expect(bench.votes.isEmpty && bench.proposals.isEmpty)
        #expect(bench.sent.contains { if case .status = $0.message { true } else { false } })
    }

    @Test func `deadlines never stand still`() throws {
        var bench = try ConsensusBench.follower(wait: 1_000_000_000)
        bench.answers = false
        bench.propose(bench.block(view: 1))
        bench.receive(bench.certificate(.notarize, 5, Digest(sha256: [5])))
        var passed = 0
        let end = bench.now.advanced(byMilliseconds: 20_000)
        while let due = bench.core.nextDeadline, due <= end {
            bench.now = max(bench.now, due)
            bench.pass(.deadline)
            passed += 1
            guard passed < 1_000 else { break }
        }
        #expect(passed < 1_000)
    }
}
