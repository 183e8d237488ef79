import Canonical
import Falcon
import Ledger
import ProofOfState
import Testing
import TrustChain

@Suite struct TrustTests {
    private static let root = Result {
        try Authority(
            root: DistinguishedName(commonName: "Root", organization: "Mesh"), key: Actors.key(6), serial: serial(1),
            now: CertificateTime(Mesh.start).advanced(bySeconds: -3_600))
    }

    private static func serial(_ number: UInt8) throws -> SerialNumber {
        try SerialNumber(random: (0..<16).map { $0 &* 7 &+ number })
    }

    private func certificate(_ actor: Int, serial number: UInt8) throws -> TrustChain.Certificate {
        let request = try CertificateRequest(
            subject: DistinguishedName(commonName: "node"), names: [.dns("n.mesh.example")], key: Actors.key(actor))
        return try TrustTests.root.get().issue(
            request, profile: .node, serial: TrustTests.serial(number), now: CertificateTime(Mesh.start))
    }

    @Test func certificatesOfGenesisStandFromTheFirstBlock() throws {
        let founders = try certificate(4, serial: 3)
        let root = try TrustTests.root.get().certificate
        let mesh = try Mesh(rootCertificate: root.encoded, certificates: [founders.encoded])
        let standing = try #require(mesh.state.certificate(founders.fingerprint))
        #expect(standing.subject == (try Actors.id(4)))
        #expect(!standing.isRevoked)
        #expect(standing.notAfter > mesh.state.tipTime)
        #expect(mesh.state.certificate(.zero) == nil)
        #expect(throws: LedgerError.self) {
            try Mesh(rootCertificate: root.encoded, certificates: [founders.encoded, founders.encoded])
        }
    }

    @Test func certificatesAreIssuedAndRevokedByOperation() throws {
        let root = try TrustTests.root.get().certificate
        var mesh = try Mesh(rootCertificate: root.encoded)
        let issued = try certificate(0, serial: 5)
        let issue = Operation.trust(TrustOperation.issueCertificate(issued.encoded).canonicalBytes)
        #expect(try mesh.block((4, issue), (4, issue), (4, .trust([99]))).codes == [0, 500, 101])
        #expect(mesh.state.certificate(issued.fingerprint)?.subject == (try Actors.id(0)))
        let reference = try TrustState.reference(to: issued)
        let revoke = Operation.trust(
            TrustOperation.revokeCertificate(
                authority: reference.authority, serial: reference.serial, reason: .keyCompromise
            ).canonicalBytes)
        #expect(try mesh.block((1, revoke), (0, revoke)).codes == [500, 0])
        #expect(mesh.state.certificate(issued.fingerprint)?.isRevoked == true)
    }
}
