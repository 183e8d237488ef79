import Canonical
import Falcon
import QUIC
import Synchronization
import TLS
import Testing
import TrustChain

@testable import STOQ

@Suite struct `Sessions that go on from earlier ones` {
    /// What a verifier trusts, which the test changes under way.
    private final class Trust: Sendable {
        private let state: Mutex<MeshVerifier.Trust>

        init() throws {
            state = Mutex(
                .init(chain: ChainVerifier(anchors: [try MeshFixture.root().certificate]), now: MeshFixture.now))
        }

        var verifier: MeshVerifier { MeshVerifier(trust: { self.state.withLock { $0 } }) }

        func revoke(_ node: MeshFixture.Node) throws {
            let certificate = try MeshFixture.certificate(node, by: MeshFixture.root())
            var revocations = RevocationSet()
            revocations.insert(
                issuer: certificate.issuer, serial: certificate.serialNumber, reason: .keyCompromise)
            let chain = ChainVerifier(anchors: [try MeshFixture.root().certificate], revocations: revocations)
            state.withLock { $0.chain = chain }
        }

        func pass(days: Int64) {
            state.withLock { $0.now = $0.now.advanced(bySeconds: days * MeshFixture.day) }
        }
    }

    private struct Ends {
        let server: STOQEndpoint
        let client: STOQEndpoint
        let serverTrust: Trust
        let clientTrust: Trust

        func shutDown() async {
            await client.shutDown()
            await server.shutDown()
        }
    }

    private func ends(_ change: (inout STOQConfiguration) -> Void = { _ in }) throws -> Ends {
        let serverTrust = try Trust()
        let clientTrust = try Trust()
        return Ends(
            server: try MeshFixture.endpoint(.server, verifier: serverTrust.verifier, change: change),
            client: try MeshFixture.endpoint(.client, verifier: clientTrust.verifier, change: change),
            serverTrust: serverTrust, clientTrust: clientTrust)
    }

    /// Opens a session and moves a byte over it, so that what comes with the session's beginning is there; closes it.
    private func session(_ ends: Ends) async throws -> (near: Session, far: Session) {
        let near = try await ends.client.connect(to: ends.server.localAddress)
        let far = try #require(await ends.server.sessions.first { _ in true })
        let stream = try await far.openStream(.unidirectional)
        try await stream.write([1], finish: true)
        let incoming = try #require(await near.incomingStreams.first { _ in true })
        #expect(try await collect(incoming) == [1])
        near.close()
        return (near, far)
    }

    @Test func `need no certificate on the wire, and know their peers all the same`() async throws {
        let ends = try ends()
        let first = try await session(ends)
        #expect(!first.near.isResumed && !first.far.isResumed)
        for _ in 0..<3 {
            let next = try await session(ends)
            #expect(next.near.isResumed && next.far.isResumed)
            #expect(try next.near.peerID() == first.near.peerID())
            #expect(try next.far.peerID() == first.far.peerID())
            #expect(next.near.peerCertificates == first.near.peerCertificates)
            #expect(next.far.peerCertificates == first.far.peerCertificates)
        }
        await ends.shutDown()
    }

    @Test func `are not made where it is switched off`() async throws {
        let ends = try ends { $0.resumesSessions = false }
        for _ in 0..<2 {
            let session = try await session(ends)
            #expect(!session.near.isResumed && !session.far.isResumed)
        }
        #expect(ends.client.store == nil)
        await ends.shutDown()
    }

    enum Change: CaseIterable { case revoked, expired }

    @Test(arguments: Change.allCases)
    func `are refused by a server whose client may no longer enter`(change: Change) async throws {
        let ends = try ends()
        _ = try await session(ends)
        switch change {
        case .revoked: try ends.serverTrust.revoke(.client)
        case .expired: ends.serverTrust.pass(days: 200)
        }
        let seen = await failure { _ = try await ends.client.connect(to: ends.server.localAddress) }
        guard case .sessionClosed(.peer(let code, false, _))? = seen else {
            Issue.record("\(String(describing: seen))")
            return
        }
        let alert: AlertDescription = change == .revoked ? .certificateRevoked : .certificateExpired
        #expect(code == 0x100 + UInt64(alert.rawValue))
        await ends.shutDown()
    }

    @Test(arguments: Change.allCases)
    func `are refused by a client whose server is no longer to be trusted`(change: Change) async throws {
        let ends = try ends()
        _ = try await session(ends)
        switch change {
        case .revoked: try ends.clientTrust.revoke(.server)
        case .expired: ends.clientTrust.pass(days: 200)
        }
        let seen = await failure { _ = try await ends.client.connect(to: ends.server.localAddress) }
        guard case .sessionClosed(.violation(let code, _))? = seen else {
            Issue.record("\(String(describing: seen))")
            return
        }
        let alert: AlertDescription = change == .revoked ? .certificateRevoked : .certificateExpired
        #expect(code == .crypto(alert: alert.rawValue))
        await ends.shutDown()
    }

    @Test func `begin whole when the server has forgotten`() async throws {
        let ends = try ends()
        _ = try await session(ends)
        let address = ends.server.localAddress
        await ends.server.shutDown()
        let again = try MeshFixture.endpoint(.server) { $0.address = address }
        let near = try await ends.client.connect(to: address)
        #expect(!near.isResumed)
        let far = try #require(await again.sessions.first { _ in true })
        #expect(
            try !far.isResumed
                && far.peerID() == NodeID(publicKey: MeshFixture.Node.client.key.publicKey.rawRepresentation))
        await ends.client.shutDown()
        await again.shutDown()
    }

    @Test func `never carry data before the peer has answered`() async throws {
        let ends = try ends()
        _ = try await session(ends)
        let peer = SessionStore.Peer(address: ends.server.localAddress, serverName: nil)
        let kept = try #require(ends.client.store?.take(of: peer))
        #expect(kept.ticket?.earlyDataByteCountMax == 0)
        #expect(kept.token?.isEmpty == false)
        await ends.shutDown()
    }

    @Test func `are remembered of so many peers, and so many of each`() async throws {
        let ends = try ends()
        _ = try await session(ends)
        let far = SessionStore.Peer(address: ends.server.localAddress, serverName: nil)
        let ticket = try #require(ends.client.store?.take(of: far).ticket)
        await ends.shutDown()
        let store = SessionStore()
        func peer(_ number: Int) -> SessionStore.Peer {
            SessionStore.Peer(address: .loopback(port: UInt16(number + 1)), serverName: nil)
        }
        for number in 0..<STOQLimits.peersRememberedMax { store.keep(token: [UInt8(number % 256)], of: peer(number)) }
        _ = store.take(of: peer(0))
        store.keep(token: [0], of: peer(0))
        store.keep(ticket, of: peer(1000))
        #expect(store.peerCount == STOQLimits.peersRememberedMax)
        #expect(store.take(of: peer(1)).token == nil, "the one asked for longest ago")
        #expect(store.take(of: peer(0)).token == [0])
        for _ in 0..<10 { store.keep(ticket, of: peer(2)) }
        var count = 0
        while store.take(of: peer(2)).ticket != nil { count += 1 }
        #expect(count == STOQLimits.ticketsPerPeerMax)
        #expect(store.take(of: peer(1000)).ticket == ticket)
        #expect(store.take(of: peer(1000)).ticket == nil)
    }

    @Test func `use keys that follow from the identity, one for each purpose and address`() throws {
        let secret = try MeshFixture.credentials(.server).endpointSecret
        #expect(try MeshFixture.credentials(.server).endpointSecret == secret)
        #expect(try MeshFixture.credentials(.client).endpointSecret != secret)
        let secrets = EndpointSecrets(secret)
        let keys = [
            secrets.tokenKey, secrets.statelessResetKey(at: .loopback(port: 1)),
            secrets.statelessResetKey(at: .loopback(port: 2)),
        ]
        #expect(Set(keys).count == 3 && keys.allSatisfy { $0.count == 32 })
        #expect(EndpointSecrets(secret).tokenKey == secrets.tokenKey)
        #expect(throws: STOQError.self) { try MeshFixture.endpoint(.server) { $0.secret = [1, 2, 3] } }
    }
}
