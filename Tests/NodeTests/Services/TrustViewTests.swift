import Canonical
import Ledger
import STOQ
import Testing
import TrustChain

@testable import Node

@Suite struct TrustViewTests {
    private func check(_ files: IdentityFiles, _ trust: MeshVerifier.Trust) throws {
        _ = try trust.chain.verify(
            try #require(files.chain.first), purpose: .client, expecting: .node(files.id), now: trust.now,
            presented: Array(files.chain.dropFirst()))
    }

    @Test func `a certificate that the ledger revokes is refused from then on, others are not`() async throws {
        let mesh = try await FoundedMesh.shared.value
        let founded = try mesh.foundation(1)
        let (first, second) = (founded.identity, try mesh.foundation(2).identity)
        let view = TrustView(root: founded.root)
        try check(first, view.current)
        let leaf = try #require(first.chain.first)
        let authority = try #require(AuthorityID(keyIdentifier: founded.root.publicKey.keyIdentifier))
        func event(_ kind: TrustEvent.Kind) -> LedgerEvent {
            .trust(
                TrustEvent(
                    kind: kind, authority: authority, serial: leaf.serialNumber, holder: first.id, leafIndex: 0,
                    leafHash: .zero))
        }
        view.note([event(.certificateIssued), event(.certificateRenewed)])
        try check(first, view.current)
        view.note([event(.certificateRevoked)])
        #expect(throws: TrustChainError.self) { try check(first, view.current) }
        try check(second, view.current)
    }

    @Test func `keeps the last refusals`() async throws {
        let view = TrustView(root: try await FoundedMesh.shared.value.foundation(1).root)
        for number in 0..<40 { view.noteRefusal("\(number)") }
        #expect(view.refusals == (24..<40).map { "\($0)" })
    }
}
