import Caesar
import Canonical
import Catalog
import Falcon
import Ledger
import ProofOfState
import Satchel

/// Keys that all tests share; made once from seeds.
enum Actors {
    static let keys: Result<[Falcon1024.PrivateKey], any Error> = Result {
        try (0..<7).map { try Falcon1024.PrivateKey(seed: [UInt8](repeating: UInt8($0), count: 48)) }
    }

    static func key(_ number: Int) throws -> Falcon1024.PrivateKey { try keys.get()[number] }
    static func publicKey(_ number: Int) throws -> [UInt8] { try key(number).publicKey.rawRepresentation }
    static func id(_ number: Int) throws -> NodeID { try NodeID(publicKey: publicKey(number)) }

    static let validators = 0..<4
    /// A founder who is no validator.
    static let founder = 4
    static let newcomer = 5
}

/// A mesh of four validators and a founder, block by block.
struct Mesh {
    static let start = Timestamp(seconds: 1_795_550_400)
    static let founderBalance = Amount(caes: 10_000)
    static let validatorBalance = Amount(caes: 100)
    static let bond = Amount(caes: 1_000)

    var state: LedgerState
    private var salt: UInt8 = 0

    init(policy: Policy = Policy(), rootCertificate: [UInt8] = [], certificates: [[UInt8]] = []) throws {
        state = try LedgerState(
            Mesh.genesis(policy: policy, rootCertificate: rootCertificate, certificates: certificates))
    }

    static func genesis(
        policy: Policy = Policy(), rootCertificate: [UInt8] = [], certificates: [[UInt8]] = []
    ) throws -> Genesis {
        let plot = PlotCommitment(root: Digest(sha256: [1]), depth: 19)
        let validators = try Actors.validators.map { number in
            GenesisValidator(
                publicKey: try Actors.publicKey(number), weight: 1, plot: plot, bond: bond,
                endpoint: "[::1]:\(9_000 + number)")
        }
        let grants =
            try Actors.validators.map {
                GenesisGrant(from: .publicSale, to: try Actors.id($0), amount: validatorBalance)
            } + [GenesisGrant(from: .publicSale, to: try Actors.id(Actors.founder), amount: founderBalance)]
        return Genesis(
            networkName: "test", time: start, validators: validators,
            identities: [
                GenesisIdentity(publicKey: try Actors.publicKey(Actors.founder), plot: try founderPlot().commitment)
            ],
            rootCertificate: rootCertificate, certificates: certificates, grants: grants, policy: policy)
    }

    /// Small, so that tests can fill it.
    static func founderPlot() throws -> PlotBuilder {
        PlotBuilder(subject: try Actors.id(Actors.founder), depth: 6)
    }

    /// The context of the next block; `fork` makes another block of the same height.
    func next(fork: UInt8 = 0) -> BlockContext {
        let height = state.height + 1
        return BlockContext(
            height: height, time: state.tip.time.advanced(byMilliseconds: 500),
            hash: BlockHash(Digest(sha256: [fork] + height.canonicalBytes)), parentHash: state.tip.hash,
            proposer: NodeID(.zero))
    }

    /// Operations as if their envelopes had been verified, each actor's in sequence.
    func signed(_ operations: [(Int, Operation)]) throws -> [VerifiedOperation] {
        var next: [Int: UInt64] = [:]
        return try operations.map { actor, operation in
            let subject = try Actors.id(actor)
            let sequence = next[actor] ?? state.nextSequence(of: subject)
            next[actor] = sequence + 1
            return verified(operation, subject: subject, sequence: sequence)
        }
    }

    func verified(_ operation: Operation, subject: NodeID, sequence: UInt64) -> VerifiedOperation {
        var encoder = BCSEncoder()
        encoder.encode(operation)
        encoder.encode(subject)
        encoder.encode(sequence)
        return VerifiedOperation(
            id: OperationID(Digest(sha256: encoder.bytes)), subject: subject, sequence: sequence,
            kind: UInt16(operation.kind.rawValue), payload: operation.canonicalBytes)
    }

    @discardableResult
    mutating func block(_ operations: (Int, Operation)..., fork: UInt8 = 0) throws -> BlockOutcome {
        let outcome = try state.execute(next(fork: fork), operations: signed(operations))
        try Caesar.checkConservation(over: Array(state.entries))
        return outcome
    }

    mutating func emptyBlocks(_ count: Int) throws {
        for _ in 0..<count { try block() }
    }

    func balance(_ actor: Int) throws -> Amount { state.balance(of: .node(try Actors.id(actor))) }
    func fee(_ kind: OperationKind) -> Amount { state.policy.entry(kind).fee }
}

extension BlockOutcome {
    /// Refusal codes, 0 for an applied operation.
    var codes: [UInt16] {
        receipts.map { receipt in
            guard case .refused(let code, _) = receipt.outcome else { return 0 }
            return code
        }
    }
}

/// What many tests offer, publish and order.
enum Samples {
    static func offer(cpu: UInt64 = 4_000, memory: UInt64 = 1 << 30) throws -> Operation {
        .offerAssets(
            try AssetOffer([
                AssetCapacity(kind: .cpu, measured: cpu, shareBasisPoints: 5_000),
                AssetCapacity(kind: .memory, measured: memory, shareBasisPoints: 5_000),
            ]))
    }

    static func program(_ source: String = "main(x) = x + 1") throws -> Program {
        try Program(
            name: "sample", files: [ProgramFile(path: "main.jl", source: source)], languageVersion: "1.0",
            machineVersion: Digest(sha256: [1]), priceTable: Digest(sha256: [2]),
            limits: ProgramLimits(fuelMax: 10_000, memoryBytesMax: 1 << 26, outputBytesMax: 1 << 20))
    }

    static func order(
        replicas: UInt8 = 3, pricePerFuel: Amount = Amount(attos: 1_000), priceMax: Amount = Amount(attos: 5_000_000),
        fuelLimit: UInt64 = 10_000
    ) throws -> JobOrder {
        try JobOrder(
            program: program().id, arguments: ["41"], fuelLimit: fuelLimit, memoryLimitBytes: 1 << 20,
            replicas: replicas, pricePerFuel: pricePerFuel, priceMax: priceMax, commitBlocks: 6, revealBlocks: 4)
    }
}
