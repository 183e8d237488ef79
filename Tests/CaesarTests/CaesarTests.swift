import Caesar
import Canonical
import Testing

@Suite struct CaesarTests {
    static let start = Timestamp(seconds: 1_800_000_000)

    private func founded(_ grants: [(UInt8, UInt64)] = [(1, 1_000), (2, 500)]) throws -> MemoryState {
        var state = MemoryState()
        try Caesar.distribute(in: &state, at: CaesarTests.start)
        for (number, caes) in grants {
            try Caesar.grant(
                Amount(caes: caes), from: .publicSale, to: node(number), vestingSeconds: nil, in: &state,
                at: CaesarTests.start)
        }
        return state
    }

    @Test func genesisPutsTheWholeSupplyIntoSixAccounts() throws {
        let state = try founded([])
        let shares: [(NamedAccount, UInt64)] = [
            (.communityRewards, 400_000_000), (.team, 200_000_000), (.treasury, 150_000_000),
            (.publicSale, 100_000_000), (.privateSale, 100_000_000), (.liquidity, 50_000_000), (.fees, 0),
        ]
        for (name, caes) in shares {
            #expect(try Caesar.balance(.named(name), in: state) == Amount(caes: caes))
        }
        try Caesar.checkTracked(in: state)
        try Caesar.checkConservation(over: state.entries)
    }

    @Test func theTeamsPartVestsEvenlyOverFourYears() throws {
        let state = try founded([])
        let team = try Caesar.account(.named(.team), in: state)
        #expect(team.spendable(at: CaesarTests.start) == .zero)
        let half = CaesarTests.start.advanced(byNanoseconds: Vesting.fourYearsSeconds / 2 * 1_000_000_000)
        #expect(team.spendable(at: half) == Amount(caes: 100_000_000))
        let end = CaesarTests.start.advanced(byNanoseconds: Vesting.fourYearsSeconds * 1_000_000_000)
        #expect(team.spendable(at: end) == Amount(caes: 200_000_000))
    }

    @Test func vestingNeverOverflowsAndNeverGrowsBack() {
        let vesting = Vesting(total: Amount(attos: .max), start: .zero, durationSeconds: 1_000_003)
        var last = Amount(attos: .max)
        for second in stride(from: UInt64(0), through: 1_000_003, by: 9_973) {
            let locked = vesting.locked(at: Timestamp(seconds: second))
            #expect(locked <= last)
            last = locked
        }
        #expect(vesting.locked(at: Timestamp(seconds: 1_000_003)) == .zero)
    }

    @Test func aTransferMovesExactlyTheAmount() throws {
        var state = try founded()
        let amount = Amount(attos: 123_456_789)
        try Caesar.move(amount, from: .node(node(1)), to: .node(node(9)), in: &state, at: CaesarTests.start)
        #expect(try Caesar.balance(.node(node(1)), in: state) == Amount(caes: 1_000).subtracting(amount))
        #expect(try Caesar.balance(.node(node(9)), in: state) == amount)
        try Caesar.checkConservation(over: state.entries)
    }

    @Test func aTransferBeyondTheBalanceSaysWhatIsThereAndWhatIsNeeded() throws {
        var state = try founded()
        let before = state.values
        let error = CaesarError.insufficientBalance(
            .node(node(2)), have: Amount(caes: 500), need: Amount(caes: 501), locked: .zero)
        #expect(throws: error) {
            try Caesar.move(
                Amount(caes: 501), from: .node(node(2)), to: .node(node(1)), in: &state, at: CaesarTests.start)
        }
        #expect(error.description.contains("has 500 CAES, needs 501"))
        #expect(state.values == before)
    }

    @Test func refusesNothingAndOneselfAndLockedSums() throws {
        var state = try founded()
        #expect(throws: CaesarError.zeroAmount) {
            try Caesar.move(.zero, from: .node(node(1)), to: .node(node(2)), in: &state, at: CaesarTests.start)
        }
        #expect(throws: CaesarError.sameAccount(.node(node(1)))) {
            try Caesar.move(
                Amount(caes: 1), from: .node(node(1)), to: .node(node(1)), in: &state, at: CaesarTests.start)
        }
        #expect(throws: CaesarError.self) {
            try Caesar.move(
                Amount(caes: 1), from: .named(.team), to: .node(node(1)), in: &state, at: CaesarTests.start)
        }
        try Caesar.grant(
            Amount(caes: 10), from: .team, to: node(7), vestingSeconds: nil, in: &state, at: CaesarTests.start)
        let teamMember = try Caesar.account(.node(node(7)), in: state)
        #expect(teamMember.spendable(at: CaesarTests.start) == .zero)
        #expect(throws: CaesarError.vestingExists(.node(node(7)))) {
            try Caesar.grant(
                Amount(caes: 1), from: .team, to: node(7), vestingSeconds: nil, in: &state, at: CaesarTests.start)
        }
    }

    @Test func escrowPaysOutExactlyWhatItHoldsOrNothing() throws {
        var state = try founded()
        let now = CaesarTests.start
        try Caesar.openEscrow(Amount(caes: 100), for: job(1), from: node(1), in: &state, at: now)
        #expect(throws: CaesarError.escrowExists(job(1))) {
            try Caesar.openEscrow(Amount(caes: 1), for: job(1), from: node(1), in: &state, at: now)
        }
        #expect(throws: CaesarError.unknownEscrow(job(2))) {
            try Caesar.releaseEscrow(of: job(2), payments: [], in: &state, at: now)
        }
        let short: [(to: AccountID, amount: Amount)] = [(.node(node(2)), Amount(caes: 99))]
        #expect(throws: CaesarError.escrowMismatch(job(1), holds: Amount(caes: 100), paid: Amount(caes: 99))) {
            try Caesar.releaseEscrow(of: job(1), payments: short, in: &state, at: now)
        }
        let payments: [(to: AccountID, amount: Amount)] = [
            (.node(node(2)), Amount(caes: 60)), (.named(.fees), Amount(caes: 1)), (.node(node(1)), Amount(caes: 39)),
        ]
        try Caesar.releaseEscrow(of: job(1), payments: payments, in: &state, at: now)
        #expect(try Caesar.balance(.node(node(1)), in: state) == Amount(caes: 939))
        #expect(try Caesar.balance(.node(node(2)), in: state) == Amount(caes: 560))
        #expect(try Caesar.balance(.named(.fees), in: state) == Amount(caes: 1))
        #expect(try Caesar.balance(.escrow(job(1)), in: state) == .zero)
        try Caesar.checkConservation(over: state.entries)
    }

    @Test func refundGivesTheWholeEscrowBack() throws {
        var state = try founded()
        try Caesar.openEscrow(Amount(caes: 7), for: job(1), from: node(1), in: &state, at: CaesarTests.start)
        let refunded = try Caesar.refundEscrow(of: job(1), to: node(1), in: &state, at: CaesarTests.start)
        #expect(refunded == Amount(caes: 7))
        #expect(try Caesar.balance(.node(node(1)), in: state) == Amount(caes: 1_000))
        #expect(throws: CaesarError.unknownEscrow(job(1))) {
            try Caesar.refundEscrow(of: job(1), to: node(1), in: &state, at: CaesarTests.start)
        }
    }

    @Test func theChecksNoticeAnAtomThatCameFromNowhere() throws {
        var state = try founded()
        let key = Caesar.key(.node(node(1)))
        let account = try #require(try state.decoded(Account.self, for: key))
        state.set(Account(balance: try account.balance.adding(Amount(attos: 1))), for: key)
        #expect(throws: CaesarError.self) { try Caesar.checkConservation(over: state.entries) }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func randomMovementsKeepTheSum(seed: UInt64) throws {
        print("seed \(seed)")
        var random = SplitMix64(seed: seed)
        var state = try founded()
        let now = CaesarTests.start
        for _ in 0..<300 {
            let (source, target) = (node(.random(in: 0..<5, using: &random)), node(.random(in: 0..<5, using: &random)))
            let id = job(.random(in: 0..<4, using: &random))
            let amount = Amount(attos: UInt128.random(in: 0..<Amount(caes: 400).attos, using: &random))
            switch Int.random(in: 0..<4, using: &random) {
            case 0: try? Caesar.move(amount, from: .node(source), to: .node(target), in: &state, at: now)
            case 1: try? Caesar.openEscrow(amount, for: id, from: source, in: &state, at: now)
            case 2: _ = try? Caesar.refundEscrow(of: id, to: target, in: &state, at: now)
            default: try? Caesar.payFee(amount, from: .node(source), in: &state, at: now)
            }
            try Caesar.checkTracked(in: state)
        }
        try Caesar.checkConservation(over: state.entries)
    }

    @Test func decodingNeverTraps() {
        var random = SplitMix64(seed: 5)
        for _ in 0..<3000 {
            let bytes = random.bytes(.random(in: 0..<60, using: &random))
            _ = try? AccountID(canonicalBytes: bytes)
            _ = try? Account(canonicalBytes: bytes)
        }
    }
}
