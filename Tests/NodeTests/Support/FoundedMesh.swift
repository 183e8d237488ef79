import Canonical
import Ledger
import ProofOfState

@testable import Node

/// A mesh of two nodes with small plots; made once, since keys are dear in debug builds.
struct FoundedMesh: Sendable {
    static let depth: UInt8 = 8
    static let shared = Task { try await FoundedMesh() }

    private let folder: TemporaryFolder
    let directory: MeshDirectory
    let description: MeshDescription

    private init() async throws {
        folder = try TemporaryFolder()
        directory = MeshDirectory(path: "\(folder.path)/mesh")
        var plan = MeshFounder.Plan()
        plan.nodeCount = 2
        plan.plotDepth = FoundedMesh.depth
        description = try await MeshFounder(directory: directory, plan: plan).found { _ in }
    }

    func foundation(_ node: Int) throws -> NodeFoundation { try NodeFoundation(reading: directory.node(node)) }

    /// The mesh's genesis with proofs that its small plots can give.
    func easyGenesis() throws -> Genesis {
        let genesis = try foundation(1).genesis
        let easy = ProofPolicy(plotDepthMin: FoundedMesh.depth, workBitsMin: 2, ticksMin: 4)
        return Genesis(
            networkName: genesis.networkName, time: genesis.time, validators: genesis.validators,
            identities: genesis.identities, rootCertificate: genesis.rootCertificate,
            certificates: genesis.certificates, grants: genesis.grants,
            policy: Policy(entries: [PolicyEntry(kind: .transfer, fee: Policy.baseFee, proofs: easy)]))
    }
}
