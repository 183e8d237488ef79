import Canonical
import Catalog
import Ledger
import ProofOfState
import Satchel

/// What simulated clients offer, publish, order and report.
enum LedgerSamples {
    static let program: Program? = try? Program(
        name: "sample", files: [ProgramFile(path: "main.jl", source: "main(x) = x + 1")], languageVersion: "1.0",
        machineVersion: Digest(sha256: [1]), priceTable: Digest(sha256: [2]),
        limits: ProgramLimits(fuelMax: 10_000, memoryBytesMax: 1 << 26, outputBytesMax: 1 << 20))

    static func offer(_ size: UInt64) -> Operation? {
        let offer = try? AssetOffer([
            AssetCapacity(kind: .cpu, measured: 2_000 * (size + 1), shareBasisPoints: 5_000),
            AssetCapacity(kind: .memory, measured: 1 << 30, shareBasisPoints: 5_000),
        ])
        return offer.map { .offerAssets($0) }
    }

    static func order(replicas: UInt8) -> JobOrder? {
        guard let program else { return nil }
        return try? JobOrder(
            program: program.id, arguments: ["41"], fuelLimit: 10_000, memoryLimitBytes: 1 << 20, replicas: replicas,
            pricePerFuel: Amount(attos: 1_000), priceMax: Amount(attos: 5_000_000), commitBlocks: 20, revealBlocks: 12)
    }

    static func receipt(of job: JobID, by actor: Int) -> JobReceipt? {
        let value: UInt8 = LedgerWorld.lyingProviders.contains(actor) ? 13 : 42
        return try? JobReceipt(
            job: job, provider: LedgerWorld.nodes[actor], outcome: .value([value]), fuelUsed: 1_234, output: [],
            outputHash: Digest(sha256: []))
    }

    static func registration(of newcomer: Int) -> Operation {
        let plot = LedgerWorld.newcomerPlots[newcomer]
        return .registerIdentity(
            IdentityRegistration(
                publicKey: LedgerWorld.keys[LedgerWorld.newcomers.lowerBound + newcomer], plot: plot.commitment,
                // A plot in memory can always be read; an empty audit would be refused by the ledger.
                audit: plot.audit ?? PlotAudit(steps: []), sponsorship: nil))
    }

    static func transfer(attosMax: UInt128, _ random: inout SplitMix64) -> Operation {
        let amount = Amount(attos: (UInt128(random.next()) << 64 | UInt128(random.next())) % (attosMax + 1))
        return .transfer(Transfer(to: LedgerWorld.nodes[anyone(&random)], amount: amount))
    }

    static func anyone(_ random: inout SplitMix64) -> Int { Int(random.next() % UInt64(LedgerWorld.everyone.count)) }
}
