import Canonical
import Satchel
import Testing

private func id(_ number: UInt8) -> Digest { Digest(sha256: [number]) }
private let holder = NodeID(Digest(sha256: [99]))

private func grant(_ number: UInt8, _ kind: AssetKind, _ amount: UInt64, expiry: UInt64 = 100) -> Grant {
    Grant(id: id(number), kind: kind, amount: amount, holder: holder, expiry: expiry)
}

/// 4 cores at 50 %, two users, at most 1000 ticks; 1000 bytes of memory at 100 %.
private func pool() throws -> AssetPool {
    AssetPool(
        offer: try AssetOffer([
            AssetCapacity(kind: .memory, measured: 1_000, shareBasisPoints: 10_000),
            AssetCapacity(kind: .cpu, measured: 4_000, shareBasisPoints: 5_000, usersMax: 2, durationMax: 1_000),
        ]))
}

@Suite struct AssetPoolTests {
    @Test func grantsUpToTheShareAndNotOneUnitMore() throws {
        var pool = try pool()
        try pool.grant([grant(1, .cpu, 1_999)], at: 0)
        #expect(throws: SatchelError.shareExceeded(.cpu, lendable: 2_000, granted: 1_999, asked: 2)) {
            try pool.grant([grant(2, .cpu, 2)], at: 0)
        }
        try pool.grant([grant(2, .cpu, 1)], at: 0)
        #expect(pool.free(.cpu) == 0)
        #expect(pool.holdsInvariant)
    }

    @Test func grantsAllOrNothing() throws {
        var pool = try pool()
        let before = pool
        #expect(throws: SatchelError.self) {
            try pool.grant([grant(1, .cpu, 100), grant(1, .memory, 1_001)], at: 0)
        }
        #expect(pool == before)
    }

    @Test func everyControlRefusesByItsName() throws {
        var pool = try pool()
        #expect(throws: SatchelError.kindNotOffered(.gpu)) { try pool.grant([grant(1, .gpu, 1)], at: 0) }
        #expect(throws: SatchelError.zeroAmount(.cpu)) { try pool.grant([grant(1, .cpu, 0)], at: 0) }
        #expect(throws: SatchelError.alreadyExpired(expiry: 100, now: 100)) {
            try pool.grant([grant(1, .cpu, 1)], at: 100)
        }
        #expect(throws: SatchelError.durationExceeded(.cpu, most: 1_000, asked: 1_001)) {
            try pool.grant([grant(1, .cpu, 1, expiry: 1_001)], at: 0)
        }
        try pool.grant([grant(1, .cpu, 1), grant(2, .cpu, 1)], at: 0)
        #expect(throws: SatchelError.usersExceeded(.cpu, most: 2)) { try pool.grant([grant(3, .cpu, 1)], at: 0) }
        try pool.grant([grant(1, .memory, 1)], at: 0)
        #expect(throws: SatchelError.grantExists(id(1), .memory)) { try pool.grant([grant(1, .memory, 1)], at: 0) }
        try pool.move(.memory, to: .suspended, at: 0)
        #expect(throws: SatchelError.stateAdmitsNoGrants(.memory, .suspended)) {
            try pool.grant([grant(2, .memory, 1)], at: 0)
        }
        #expect(throws: SatchelError.unknownGrant(id(9), .cpu)) { try pool.release(id(9), .cpu, at: 0) }
        #expect(SatchelError.usersExceeded(.cpu, most: 2).description.contains("concurrent users"))
    }

    @Test func grantsExpireAtTheirTick() throws {
        var pool = try pool()
        try pool.grant([grant(1, .cpu, 10, expiry: 5), grant(2, .cpu, 10, expiry: 6)], at: 0)
        let step1 = pool.expire(at: 4)
        #expect(step1.isEmpty)
        let step2 = pool.expire(at: 5)
        #expect(step2.map(\.id) == [id(1)])
        #expect(pool.state(of: .cpu) == .allocated)
        let step3 = pool.expire(at: 6)
        #expect(step3.map(\.id) == [id(2)])
        #expect(pool.state(of: .cpu) == .available)
    }

    @Test func resizeKeepsTheInvariant() throws {
        var pool = try pool()
        try pool.grant([grant(1, .cpu, 1_000), grant(2, .cpu, 500)], at: 0)
        try pool.resize(id(1), .cpu, to: 1_500)
        #expect(throws: SatchelError.shareExceeded(.cpu, lendable: 2_000, granted: 500, asked: 1_501)) {
            try pool.resize(id(1), .cpu, to: 1_501)
        }
        #expect(pool.granted(.cpu) == 2_000)
    }

    @Test func onlyLegalTransitionsAndEachIsRecorded() throws {
        for state in AssetState.allCases {
            #expect(!state.successors.contains(state))
        }
        var pool = try pool()
        #expect(throws: SatchelError.illegalTransition(.cpu, from: .available, to: .inUse)) {
            try pool.move(.cpu, to: .inUse, at: 1)
        }
        try pool.grant([grant(1, .cpu, 10)], at: 2)
        try pool.move(.cpu, to: .inUse, at: 3)
        #expect(throws: SatchelError.grantsActive(.cpu, count: 1)) { try pool.move(.cpu, to: .available, at: 4) }
        let step4 = try pool.move(.cpu, to: .failed, at: 5)
        #expect(step4.map(\.id) == [id(1)])
        #expect(throws: SatchelError.illegalTransition(.cpu, from: .failed, to: .available)) {
            try pool.move(.cpu, to: .available, at: 6)
        }
        try pool.move(.cpu, to: .maintenance, at: 6)
        try pool.move(.cpu, to: .available, at: 7)
        #expect(pool.history.map(\.to) == [.allocated, .inUse, .failed, .maintenance, .available])
        #expect(pool.history.map(\.tick) == [2, 3, 5, 6, 7])
    }

    @Test func aNewOfferMayNotUndercutStandingGrants() throws {
        var pool = try pool()
        try pool.grant([grant(1, .cpu, 1_500)], at: 0)
        let small = try AssetOffer([AssetCapacity(kind: .cpu, measured: 4_000, shareBasisPoints: 3_000)])
        #expect(throws: SatchelError.grantsExceedOffer(.cpu, lendable: 1_200, granted: 1_500)) {
            try pool.replaceOffer(small)
        }
        pool.releaseAll(id(1), at: 1)
        try pool.replaceOffer(small)
        #expect(pool.free(.cpu) == 1_200)
        #expect(pool.state(of: .memory) == nil)
    }

    @Test func malformedOffersAreRefused() throws {
        #expect(throws: SatchelError.self) { try AssetOffer([]) }
        #expect(throws: SatchelError.self) {
            try AssetCapacity(kind: .cpu, measured: 1, shareBasisPoints: 10_001)
        }
        let cpu = try AssetCapacity(kind: .cpu, measured: 1, shareBasisPoints: 1)
        #expect(throws: SatchelError.self) { try AssetOffer([cpu, cpu]) }
    }

    @Test func theLendablePartRoundsDownAndDoesNotOverflow() throws {
        #expect(try AssetCapacity(kind: .memory, measured: .max, shareBasisPoints: 10_000).lendable == .max)
        #expect(try AssetCapacity(kind: .memory, measured: 3, shareBasisPoints: 5_000).lendable == 1)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func theInvariantHoldsUnderRandomCalls(seed: UInt64) throws {
        print("seed \(seed)")
        var random = SplitMix64(seed: seed)
        var pool = try pool()
        for tick in 0..<500 as Range<UInt64> {
            let number = UInt8.random(in: 0..<8, using: &random)
            let kind: AssetKind = Bool.random(using: &random) ? .cpu : .memory
            let amount = UInt64.random(in: 0..<1_500, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0, 1, 2: try? pool.grant([grant(number, kind, amount, expiry: tick + 20)], at: tick)
            case 3: try? pool.resize(id(number), kind, to: amount)
            case 4: try? pool.release(id(number), kind, at: tick)
            default:
                _ = try? pool.move(kind, to: AssetState.allCases.randomElement(using: &random) ?? .failed, at: tick)
            }
            pool.expire(at: tick)
            #expect(pool.holdsInvariant)
            #expect(try AssetPool(canonicalBytes: pool.canonicalBytes) == pool)
        }
    }

    @Test func decodingNeverTraps() throws {
        var random = SplitMix64(seed: 7)
        var full = try pool()
        try full.grant([grant(1, .cpu, 10), grant(1, .memory, 10)], at: 0)
        for _ in 0..<2000 {
            var bytes = full.canonicalBytes
            for _ in 0..<3 {
                bytes[.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            guard let read = try? AssetPool(canonicalBytes: bytes) else { continue }
            #expect(read.holdsInvariant)
        }
    }
}
