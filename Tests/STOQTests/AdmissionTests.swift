import Canonical
import Crypto
import QUIC
import TLS
import Testing
import TrustChain

@testable import STOQ

@Suite struct AdmissionTests {
    enum Fault: String, CaseIterable {
        case expired, notYetValid, foreignRoot, revoked

        func credentials(_ node: MeshFixture.Node) throws -> MeshCredentials {
            switch self {
            case .expired: try MeshFixture.credentials(node, daysAgo: 200)
            case .notYetValid: try MeshFixture.credentials(node, daysAgo: -10)
            case .foreignRoot: try MeshFixture.credentials(node, by: MeshFixture.foreignRoot())
            case .revoked: try MeshFixture.credentials(node)
            }
        }

        func verifier(against node: MeshFixture.Node, notes: Notes) throws -> MeshVerifier {
            let revoked = self == .revoked ? [try MeshFixture.certificate(node, by: MeshFixture.root())] : []
            return try MeshFixture.verifier(revoked: revoked) { notes.add($0) }
        }

        var alert: AlertDescription {
            switch self {
            case .expired, .notYetValid: .certificateExpired
            case .foreignRoot: .unknownCA
            case .revoked: .certificateRevoked
            }
        }

        /// What the log says.
        var word: String {
            switch self {
            case .expired: "expired"
            case .notYetValid: "not valid before"
            case .foreignRoot: "issuer"
            case .revoked: "revoked"
            }
        }
    }

    /// Shows that a server has given nobody a session, by being the first to get one.
    private func expectFirst(_ server: STOQEndpoint) async throws {
        let good = try MeshFixture.endpoint(.server)
        let session = try await good.connect(to: server.localAddress)
        let first = try #require(await server.sessions.first { _ in true })
        #expect(first.remoteAddress == good.localAddress)
        session.close()
        await good.shutDown()
    }

    @Test(arguments: Fault.allCases)
    func aServerRefusesAClient(_ fault: Fault) async throws {
        let refusals = Notes()
        let log = Notes()
        let server = try MeshFixture.endpoint(
            .server, verifier: fault.verifier(against: .client, notes: refusals), log: log)
        let client = try MeshFixture.endpoint(.client, credentials: fault.credentials(.client))
        let seen = await failure { _ = try await client.connect(to: server.localAddress) }
        guard case .sessionClosed(.peer(let code, false, _))? = seen else {
            Issue.record("\(String(describing: seen))")
            return
        }
        #expect(code == 0x100 + UInt64(fault.alert.rawValue))
        #expect(refusals.contains(fault.word), "\(refusals.all)")
        #expect(log.contains("handshake failed") && log.contains(fault.word), "\(log.all)")
        try await expectFirst(server)
        await client.shutDown()
        await server.shutDown()
    }

    @Test(arguments: Fault.allCases)
    func aClientRefusesAServer(_ fault: Fault) async throws {
        let refusals = Notes()
        let log = Notes()
        let server = try MeshFixture.endpoint(.server, credentials: fault.credentials(.server))
        let client = try MeshFixture.endpoint(
            .client, verifier: fault.verifier(against: .server, notes: refusals), log: log)
        let seen = await failure { _ = try await client.connect(to: server.localAddress) }
        guard case .sessionClosed(.violation(let code, _))? = seen else {
            Issue.record("\(String(describing: seen))")
            return
        }
        #expect(code == .crypto(alert: fault.alert.rawValue))
        #expect(seen?.description.contains(fault.word) == true)
        #expect(refusals.contains(fault.word) && log.contains(fault.word))
        await client.shutDown()
        await server.shutDown()
    }

    /// Trusts anybody, as a stranger's QUIC client may.
    private struct Gullible: CertificateVerifier {
        func verify(chain: [[UInt8]], serverName: String?, peerRole: HandshakeRole) throws(CertificateRejection)
            -> any PeerPublicKey
        {
            Anything()
        }
    }

    private struct Anything: PeerPublicKey {
        func isValidSignature(_ signature: [UInt8], for message: [UInt8], scheme: SignatureScheme) -> Bool { true }
    }

    private struct ClassicalSigner: CertificateSigner {
        let key = P256.Signing.PrivateKey()
        var certificateChain: [[UInt8]] { [[0x30, 0x03, 0x02, 0x01, 0x00]] }
        var claimed: [SignatureScheme]
        var schemes: [SignatureScheme] { claimed }
        func signature(for message: [UInt8], scheme: SignatureScheme) throws -> [UInt8] {
            Array(try key.signature(for: message).derRepresentation)
        }
    }

    /// - Parameter claiming: the schemes that the stranger's key pretends to have; nil for no certificate at all.
    @Test(arguments: [nil, [SignatureScheme.ecdsaSecp256r1SHA256], [.falcon1024]])
    func strangersAreRefused(claiming schemes: [SignatureScheme]?) async throws {
        let log = Notes()
        let server = try MeshFixture.endpoint(.server, log: log)
        let client = try MeshFixture.endpoint(.client)
        var tls = TLSConfiguration()
        tls.applicationProtocols = [STOQEndpoint.applicationProtocol]
        tls.groups = [.x25519MLKEM768]
        tls.verifier = Gullible()
        tls.signer = schemes.map { ClassicalSigner(claimed: $0) }
        let stranger = ClientConfiguration(tls: tls)
        let seen = await failure {
            _ = try await client.connect(to: server.localAddress, serverName: nil, with: stranger)
        }
        guard case .sessionClosed(.peer(let code, false, _))? = seen else {
            Issue.record("\(String(describing: seen))")
            return
        }
        let isEmpty = schemes != [.falcon1024]
        let expected: AlertDescription = isEmpty ? .certificateRequired : .badCertificate
        #expect(code == 0x100 + UInt64(expected.rawValue))
        #expect(seen?.description.contains(isEmpty ? "certificate required" : "bad certificate") == true)
        #expect(log.contains("handshake failed"))
        try await expectFirst(server)
        await client.shutDown()
        await server.shutDown()
    }

    @Test func classicalKeyExchangeAloneIsRefused() async throws {
        let server = try MeshFixture.endpoint(.server)
        let client = try MeshFixture.endpoint(.client)
        var tls = TLSConfiguration()
        tls.applicationProtocols = [STOQEndpoint.applicationProtocol]
        tls.groups = [.x25519]
        tls.verifier = Gullible()
        tls.signer = try MeshFixture.credentials(.client)
        let seen = await failure {
            _ = try await client.connect(
                to: server.localAddress, serverName: nil, with: ClientConfiguration(tls: tls))
        }
        #expect(seen?.description.contains("no common algorithms") == true, "\(String(describing: seen))")
        await client.shutDown()
        await server.shutDown()
    }
}
