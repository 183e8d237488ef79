import Caesar
import Canonical
import Catalog
import Ledger
import Satchel
import Testing

/// Random operations, most of them sensible, drawn from a state.
private struct Traffic {
    var random: SplitMix64
    private var known: [JobID] = []

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    mutating func operations(_ mesh: Mesh) throws -> [VerifiedOperation] {
        let count = Int.random(in: 0..<8, using: &random)
        var drawn: [(Int, Operation)] = []
        for _ in 0..<count {
            let actor = Int.random(in: 0..<5, using: &random)
            drawn.append((actor, try operation(mesh, by: actor)))
        }
        let signed = try mesh.signed(drawn)
        for (operation, signed) in zip(drawn, signed) {
            if case .submitJob = operation.1 { known.append(Job.id(orderedBy: signed.id)) }
        }
        return signed
    }

    private mutating func operation(_ mesh: Mesh, by actor: Int) throws -> Operation {
        switch Int.random(in: 0..<12, using: &random) {
        case 0, 1:
            let to = try Actors.id(.random(in: 0..<6, using: &random))
            let attos = UInt128.random(in: 0..<Amount(caes: 60).attos, using: &random)
            return .transfer(Transfer(to: to, amount: Amount(attos: attos)))
        case 2: return try Samples.offer(cpu: .random(in: 2_000..<9_000, using: &random))
        case 3: return .withdrawOffer
        case 4: return .bond(Amount(attos: .random(in: 0..<1_000, using: &random)))
        case 5: return .publishProgram(try Samples.program())
        case 6, 7:
            return .submitJob(
                try Samples.order(
                    replicas: .random(in: 1..<4, using: &random),
                    priceMax: Amount(attos: .random(in: 0..<3_000_000, using: &random))))
        case 8: return .reportEvidence(random.bytes(10))
        default: return try receipt(mesh, by: actor)
        }
    }

    // Commits or reveals for a job that the actor may or may not provide for.
    private mutating func receipt(_ mesh: Mesh, by actor: Int) throws -> Operation {
        guard let id = known.suffix(4).randomElement(using: &random) else { return .withdrawOffer }
        let agrees = Int.random(in: 0..<4, using: &random) > 0
        let receipt = try JobReceipt(
            job: id, provider: Actors.id(actor), outcome: .value([agrees ? 1 : UInt8(actor)]), fuelUsed: 777,
            output: [], outputHash: .zero)
        guard mesh.state.job(id)?.phase == .revealing else {
            return .commitReceipt(ReceiptCommitment(job: id, commitment: receipt.commitment(salt: .zero)))
        }
        return .revealReceipt(ReceiptReveal(receipt: receipt, salt: .zero))
    }
}

@Suite struct ReplicaTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func randomBlocksKeepTheSumAndReplicasAgree(seed: UInt64) throws {
        print("seed \(seed)")
        var (mesh, replica) = (try Mesh(), try Mesh())
        var traffic = Traffic(seed: seed)
        for _ in 0..<60 {
            let (block, operations) = (mesh.next(), try traffic.operations(mesh))
            let first = try mesh.state.execute(block, operations: operations)
            let second = try replica.state.execute(block, operations: operations)
            #expect(first.stateRoot == second.stateRoot)
            #expect(first.receiptsRoot == second.receiptsRoot)
            #expect(first.changes == second.changes)
            #expect(first.events == second.events)
            try Caesar.checkConservation(over: Array(mesh.state.entries))
            for node in mesh.state.providers { #expect(mesh.state.pool(of: node)?.holdsInvariant == true) }
        }
    }

    @Test(arguments: [11, 12, 13] as [UInt64])
    func executeRevertExecuteGivesEqualRootsAndStates(seed: UInt64) throws {
        print("seed \(seed)")
        var mesh = try Mesh()
        var traffic = Traffic(seed: seed)
        for _ in 0..<15 {
            let base = mesh
            var roots: [Digest] = []
            for fork in 0..<2 as Range<UInt8> {
                for _ in 0..<4 {
                    let outcome = try mesh.state.execute(
                        mesh.next(fork: fork), operations: traffic.operations(mesh))
                    roots.append(outcome.stateRoot)
                }
                try mesh.state.revert(toHeight: base.state.height)
                #expect(mesh.state.stateRoot == base.state.stateRoot)
                #expect(mesh.state.tip == base.state.tip)
                #expect(same(mesh.state, base.state))
            }
            #expect(Set(roots).count == roots.count)
            let (block, operations) = (mesh.next(fork: 9), try traffic.operations(mesh))
            var straight = base
            let outcome = try mesh.state.execute(block, operations: operations)
            #expect(try straight.state.execute(block, operations: operations).stateRoot == outcome.stateRoot)
        }
        let rebuilt = try LedgerState(restoring: Array(mesh.state.entries), stateRoot: mesh.state.stateRoot)
        #expect(rebuilt.tip == mesh.state.tip)
    }

    private func same(_ left: LedgerState, _ right: LedgerState) -> Bool {
        left.count == right.count && left.entries.allSatisfy { right.value(for: $0.key) == $0.value }
    }

    @Test func theWayBackEndsWhereTheRecordsEnd() throws {
        var mesh = try Mesh()
        let kept = UInt64(LedgerState.undoBlocksMax)
        try mesh.emptyBlocks(LedgerState.undoBlocksMax + 6)
        #expect(mesh.state.lowestRevertibleHeight == 6)
        #expect(throws: LedgerError.versionUnavailable(5)) { try mesh.state.revert(toHeight: 5) }
        #expect(throws: LedgerError.versionUnavailable(kept + 7)) { try mesh.state.revert(toHeight: kept + 7) }
        try mesh.state.revert(toHeight: 6)
        #expect(mesh.state.height == 6)
        try mesh.emptyBlocks(LedgerState.undoBlocksMax + 6)
    }

    @Test func aRestoredStateGoesOnAsTheOriginal() throws {
        var mesh = try Mesh()
        var traffic = Traffic(seed: 21)
        var stored: [StateKey: [UInt8]] = [:]
        for entry in mesh.state.entries { stored[entry.key] = entry.value }
        for _ in 0..<30 {
            let outcome = try mesh.state.execute(mesh.next(), operations: traffic.operations(mesh))
            for change in outcome.changes { stored[change.key] = change.value }
        }
        var restored = mesh
        restored.state = try LedgerState(
            restoring: stored.map { ($0.key, $0.value) }, stateRoot: mesh.state.stateRoot)
        for _ in 0..<10 {
            let (block, operations) = (mesh.next(), try traffic.operations(mesh))
            let expected = try mesh.state.execute(block, operations: operations).stateRoot
            #expect(try restored.state.execute(block, operations: operations).stateRoot == expected)
        }
        #expect(throws: LedgerError.self) {
            try LedgerState(restoring: stored.map { ($0.key, $0.value) }, stateRoot: .zero)
        }
    }

    @Test(arguments: [0, 1, 2])
    func aSnapshotIsCheckedRangeByRange(digits: Int) throws {
        var mesh = try Mesh()
        var traffic = Traffic(seed: 31)
        for _ in 0..<20 { _ = try mesh.state.execute(mesh.next(), operations: traffic.operations(mesh)) }
        let root = mesh.state.stateRoot
        let ranges = try mesh.state.snapshot(digits: digits).map {
            try SnapshotRange(canonicalBytes: $0.canonicalBytes)
        }
        let copy = try LedgerState(snapshot: ranges, stateRoot: root)
        #expect(copy.tip == mesh.state.tip)
        #expect(copy.stateRoot == root)
        for range in ranges where !range.entries.isEmpty {
            let less = SnapshotRange(version: range.version, entries: range.entries.dropLast(), proof: range.proof)
            #expect(throws: LedgerError.self) { try less.verify(stateRoot: root) }
            #expect(throws: LedgerError.self) { try range.verify(stateRoot: Digest(sha256: [1])) }
        }
        if digits > 0 {
            let holed = ranges.filter { !$0.entries.isEmpty }.dropLast()
            #expect(throws: LedgerError.self) { try LedgerState(snapshot: Array(holed), stateRoot: root) }
        }
    }

    @Test func queriesProveValuesAndAbsencesOfRecentVersions() throws {
        var mesh = try Mesh()
        let key = Caesar.key(.node(try Actors.id(4)))
        let absent = LedgerKey.pool(try Actors.id(3))
        var roots = [mesh.state.stateRoot]
        for _ in 0..<5 {
            let to = try Actors.id(0)
            roots.append(
                try mesh.block((4, .transfer(Transfer(to: to, amount: Amount(caes: 1)))), (2, try Samples.offer()))
                    .stateRoot)
        }
        var values: Set<[UInt8]?> = []
        for (version, root) in roots.enumerated() {
            for key in [key, absent, LedgerKey.pool(try Actors.id(2))] {
                let answer = try mesh.state.query(key, version: UInt64(version))
                let read = try StateProof(canonicalBytes: answer.canonicalBytes)
                try read.verify(stateRoot: root)
                #expect(throws: (any Error).self) { try read.verify(stateRoot: roots[(version + 1) % roots.count]) }
                let lie = StateProof(key: key, value: [1], version: read.version, proof: read.proof)
                #expect(throws: (any Error).self) { try lie.verify(stateRoot: root) }
            }
            values.insert(try mesh.state.query(key, version: UInt64(version)).value)
            #expect(try mesh.state.query(absent, version: UInt64(version)).value == nil)
        }
        #expect(values.count == roots.count)
        #expect(throws: LedgerError.versionUnavailable(6)) { try mesh.state.query(key, version: 6) }
    }

    @Test func lookingAtAProposalChangesNothing() throws {
        var mesh = try Mesh()
        var traffic = Traffic(seed: 41)
        for _ in 0..<20 {
            let (block, operations) = (mesh.next(), try traffic.operations(mesh))
            let before = mesh.state
            let foreseen = try mesh.state.receipts(of: operations, in: block)
            _ = try mesh.state.prepare(block, operations: operations).refusal
            #expect(mesh.state.stateRoot == before.stateRoot)
            #expect(same(mesh.state, before))
            #expect(try mesh.state.execute(block, operations: operations).receipts == foreseen)
        }
    }
}
