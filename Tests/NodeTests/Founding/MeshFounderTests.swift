import Caesar
import Canonical
import Falcon
import Ledger
import ProofOfState
import Testing
import TrustChain

@testable import Node

@Suite struct MeshFounderTests {
    @Test func `each node finds in its directory what it needs, and all agree`() async throws {
        let mesh = try await FoundedMesh.shared.value
        let founded = try (1...2).map { try mesh.foundation($0) }
        #expect(founded.map(\.me) == [0, 1])
        #expect(founded[0].genesis == founded[1].genesis)
        #expect(founded[0].validators == founded[1].validators)
        #expect(founded[0].root == founded[1].root)
        #expect(founded.map(\.identity.id.description) == mesh.description.nodes.map(\.id))
        #expect(founded.map(\.endpoint) == mesh.description.nodes.map(\.address))
        #expect(founded[0].genesis.networkID.description == mesh.description.network)
        #expect(founded.allSatisfy { $0.plot.commitment.depth == FoundedMesh.depth })
        #expect(Set(founded.map(\.endpoint)).count == 2)
    }

    @Test func `every certificate leads to the mesh's root and is in genesis`() async throws {
        let mesh = try await FoundedMesh.shared.value
        let founded = try mesh.foundation(1)
        let directories = [mesh.directory.user, mesh.directory.root] + [1, 2].map { mesh.directory.node($0).identity }
        for directory in directories {
            let files = try IdentityFiles(reading: directory)
            let leaf = try #require(files.chain.first)
            _ = try ChainVerifier(anchors: [founded.root]).verify(
                leaf, purpose: .client, expecting: .node(files.id), now: CertificateTime(WallClock().now),
                presented: Array(files.chain.dropFirst()))
            #expect(founded.genesis.certificates.contains(leaf.encoded))
            #expect(files.certificateDigest == leaf.fingerprint)
        }
    }

    @Test func `genesis gives a ledger with the planned balances and bonds`() async throws {
        let mesh = try await FoundedMesh.shared.value
        let founded = try mesh.foundation(1)
        let ledger = try LedgerState(founded.genesis)
        let user = try IdentityFiles(reading: mesh.directory.user)
        #expect(ledger.balance(of: .node(user.id)) == Amount(caes: 10_000))
        for validator in founded.genesis.validators {
            #expect(ledger.balance(of: .node(validator.id)) == Amount(caes: 100))
            #expect(ledger.bond(of: validator.id) == Amount(caes: 1000))
        }
        #expect(ledger.publicKey(of: user.id) == user.key.publicKey)
        #expect(try Genesis(canonicalBytes: founded.genesis.canonicalBytes) == founded.genesis)
    }

    @Test func `a directory with a mesh is not founded again`() async throws {
        let mesh = try await FoundedMesh.shared.value
        let before = try PrivateFile.read(mesh.directory.root.key)
        await #expect {
            _ = try await MeshFounder(directory: mesh.directory, plan: .init()).found { _ in }
        } throws: {
            guard case NodeError.meshExists = $0 else { return false }
            return true
        }
        #expect(try PrivateFile.read(mesh.directory.root.key) == before)
    }

    @Test func `a damaged or foreign plot is named, with what to do`() async throws {
        let mesh = try await FoundedMesh.shared.value
        let user = try IdentityFiles(reading: mesh.directory.user)
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/plot"
        try PrivateFile.write([1, 2, 3], to: path)
        #expect {
            _ = try PlotFile.open(path, subject: user.id, depth: FoundedMesh.depth)
        } throws: {
            "\($0)".contains(path) && "\($0)".contains("remove it")
        }
        PrivateFile.removeIfPresent(path)
        let made = try PlotFile.open(path, subject: user.id, depth: FoundedMesh.depth)
        #expect(made.commitment == PlotBuilder(subject: user.id, depth: FoundedMesh.depth).commitment)
        #expect(try PlotFile.depth(of: path) == FoundedMesh.depth)
    }

    @Test func `secrets are readable by their owner alone`() async throws {
        let mesh = try await FoundedMesh.shared.value
        for path in [mesh.directory.user.key, mesh.directory.root.key, mesh.directory.node(1).identity.key] {
            #expect(try PrivateFileTests.mode(path) == 0o600)
        }
        #expect(try PrivateFileTests.mode(mesh.directory.path) == 0o700)
    }
}
