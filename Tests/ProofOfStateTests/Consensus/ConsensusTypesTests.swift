import Canonical
import Testing

@testable import ProofOfState

@Suite struct ConsensusTypesTests {
    @Test(arguments: [(1, 1), (3, 3), (4, 3), (6, 5), (7, 5), (10, 7), (100, 67)])
    func `the quorum is ⌊2W/3⌋ + 1`(members: Int, quorum: UInt64) throws {
        let set = try ConsensusBench.validators(Array(repeating: 1, count: members))
        #expect(set.quorum == quorum)
        // Two quorums share more weight than liars may have.
        #expect(2 * set.quorum - set.totalWeight > (set.totalWeight - 1) / 3)
    }

    @Test func `refuses bad validator sets`() throws {
        #expect(throws: ConsensusError.self) { try ValidatorSet([]) }
        #expect(throws: ConsensusError.self) { try ConsensusBench.validators([1, 0]) }
        #expect(throws: ConsensusError.self) { try ConsensusBench.validators([.max, .max]) }
        let twin = Validator(node: NodeID(publicKey: [1]), publicKey: [1], weight: 1)
        #expect(throws: ConsensusError.self) { try ValidatorSet([twin, twin]) }
    }

    @Test func `members lead in proportion to their weight, for whole terms`() throws {
        let set = try ConsensusBench.validators([3, 1, 2, 6])
        let schedule = LeaderSchedule(validators: set, seed: .zero, termLength: 2)
        let leaders = (1...24).map { schedule.leader(of: View($0)) }
        for (index, weight) in [3, 1, 2, 6].enumerated() {
            #expect(leaders.filter { $0 == ValidatorIndex(index) }.count == 2 * weight)
        }
        for view in stride(from: 1, to: 24, by: 2) {
            #expect(schedule.leader(of: View(view)) == schedule.leader(of: View(view + 1)))
        }
        #expect(schedule.firstView(ofTermOf: 4) == 3)
        #expect(schedule.firstViewAfterTerm(of: 3) == 5)
        let equals = try ConsensusBench.validators(Array(repeating: 1, count: 20))
        #expect(
            LeaderSchedule(validators: equals, seed: .zero, termLength: 1)
                != LeaderSchedule(validators: equals, seed: Digest(sha256: [1]), termLength: 1))
    }

    @Test func `huge weights give a bounded schedule in which everyone leads`() throws {
        let set = try ConsensusBench.validators([1 << 50, 3, 7, (1 << 49) + 1])
        let schedule = LeaderSchedule(validators: set, seed: .zero, termLength: 1)
        let leaders = Set((1...UInt64(ConsensusLimits.scheduleMax)).map { schedule.leader(of: $0) })
        #expect(leaders.count == 4)
    }

    @Test func `a block refuses operations that its header does not commit to`() throws {
        let bench = try ConsensusBench.follower()
        let block = bench.block(view: 1, operations: [[1], [2]])
        #expect(try Block(header: block.header, operations: [[1], [2]]) == block)
        #expect(throws: ConsensusError.bodyDoesNotMatchHeader(block.hash)) {
            try Block(header: block.header, operations: [[2], [1]])
        }
    }

    @Test func `statements of different kinds, views, networks and epochs have different bytes`() {
        let one = SigningContext(network: NetworkID(.zero), epoch: 0)
        let contexts = [
            one, SigningContext(network: NetworkID(.zero), epoch: 1),
            SigningContext(network: NetworkID(Digest(sha256: [])), epoch: 0),
        ]
        var seen: Set<[UInt8]> = []
        for context in contexts {
            for kind in VoteKind.allCases {
                #expect(seen.insert(context.statement(kind, 1, .zero).signedBytes).inserted)
            }
            #expect(seen.insert(context.proposalStatement(1, .zero).signedBytes).inserted)
            #expect(seen.insert(context.statement(.notarize, 2, .zero).signedBytes).inserted)
        }
    }
}
