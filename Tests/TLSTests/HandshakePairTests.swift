import Canonical
import Crypto
import Testing

@testable import TLS

@Suite struct `A client and a server` {
    @Test func `complete a post-quantum QUIC handshake with the events in the documented order`() throws {
        var pair = try HandshakePair(client: .largeClient(isQUIC: true), server: .largeServer(isQUIC: true))
        try pair.run()

        #expect(
            pair.clientLog.names == [
                "send initial", "read handshake", "write handshake", "parameters", "protocol", "certificates",
                "send handshake", "write application", "read application", "completed",
            ])
        #expect(
            pair.serverLog.names == [
                "name", "parameters", "protocol", "send initial", "write handshake", "read handshake",
                "send handshake", "write application", "read application", "completed",
            ])
        #expect(pair.client.group == .x25519MLKEM768)
        #expect(pair.client.cipherSuite == .aes256GCMSHA384)
        #expect(pair.clientLog.transportParameters == [4, 5, 6, 7])
        #expect(pair.serverLog.transportParameters == [1, 2, 3])
        #expect(pair.clientLog.peerCertificates == LargeSigner(seed: 3).certificateChain)
        #expect(pair.server.serverName == "node.example")
    }

    @Test(arguments: CipherSuite.allCases, NamedGroup.supported)
    func `agree on every secret with every suite and group`(suite: CipherSuite, group: NamedGroup) throws {
        var client = TLSConfiguration.largeClient()
        client.cipherSuites = [suite]
        client.groups = [group]
        var pair = try HandshakePair(client: client, server: .allGroups())
        try pair.run()

        #expect(pair.client.isComplete && pair.server.isComplete)
        #expect(pair.clientLog.readSecrets.map(\.bytes) == pair.serverLog.writeSecrets.map(\.bytes))
        #expect(pair.clientLog.writeSecrets.map(\.bytes) == pair.serverLog.readSecrets.map(\.bytes))
        #expect(Set(pair.clientLog.readSecrets.map(\.bytes) + pair.clientLog.writeSecrets.map(\.bytes)).count == 4)
        #expect(pair.client.group == group && pair.server.group == group)
        let exported = try [pair.client, pair.server].map {
            try $0.exportKeyingMaterial(label: "EXPORTER-test", context: [9], byteCount: 40).bytes
        }
        #expect(exported[0] == exported[1] && exported[0].count == 40)
    }

    @Test(arguments: [1, 2, 3, 1000])
    func `do not care how the bytes are cut`(pieceByteCount: Int) throws {
        var pair = try HandshakePair(client: .largeClient(), server: .largeServer())
        pair.pieceByteCount = pieceByteCount
        try pair.run()
        #expect(pair.client.isComplete && pair.server.isComplete)
    }

    @Test func `retry when the server prefers another group`() throws {
        var client = TLSConfiguration.largeClient(isQUIC: true)
        client.groups = [.x25519, .x25519MLKEM768]
        var pair = try HandshakePair(client: client, server: .largeServer(isQUIC: true))
        try pair.run()
        #expect(pair.client.isComplete && pair.server.isComplete)
        #expect(pair.client.group == .x25519MLKEM768)
        #expect(pair.clientLog.names.prefix(2) == ["send initial", "send initial"])
    }

    @Test func `retry when the client sends no share`() throws {
        var client = TLSConfiguration.largeClient()
        client.keyShareGroups = []
        var pair = try HandshakePair(client: client, server: .largeServer())
        try pair.run()
        #expect(pair.client.isComplete && pair.server.isComplete)
    }

    @Test(arguments: [true, false])
    func `retry with a cookie`(alsoGroup: Bool) throws {
        var server = TLSConfiguration.allGroups()
        server.alwaysSendsRetry = true
        var client = TLSConfiguration.largeClient()
        client.groups = alsoGroup ? [.secp256r1, .x25519MLKEM768] : [.x25519MLKEM768]
        var pair = try HandshakePair(client: client, server: server)
        try pair.run()
        #expect(pair.client.isComplete && pair.server.isComplete)
        // The client keeps the cookie as it came, with its length.
        let cookie = try #require(pair.server.retry?.cookie)
        #expect(pair.client.retry?.cookie == [0, 32] + cookie)
        #expect(pair.client.retry?.group == pair.server.retry?.group)
    }

    /// Both ends show a certificate.
    private func mutualPair() throws -> HandshakePair {
        var server = TLSConfiguration.largeServer(isQUIC: true)
        server.clientAuthentication = .required
        server.verifier = LargeVerifier()
        var client = TLSConfiguration.largeClient(isQUIC: true)
        client.signer = LargeSigner(seed: 8)
        var pair = try HandshakePair(client: client, server: server)
        try pair.run()
        return pair
    }

    @Test func `let go of what only the handshake needed`() throws {
        let pair = try mutualPair()
        for end in [pair.client, pair.server] {
            #expect(end.isComplete && end.hello == nil && end.peerKey == nil && end.keyPairs.isEmpty)
            #expect(end.schedule == nil && end.certificateRequest == nil && end.resumption.offered == nil)
        }
    }

    @Test func `authenticate each other`() throws {
        let pair = try mutualPair()
        #expect(pair.server.isComplete)
        #expect(pair.server.peerCertificates == LargeSigner(seed: 8).certificateChain)
        #expect(pair.client.peerCertificates == LargeSigner(seed: 3).certificateChain)
    }

    @Test func `go on without a client certificate when it is only requested`() throws {
        var server = TLSConfiguration.largeServer()
        server.clientAuthentication = .requested
        server.verifier = LargeVerifier()
        var pair = try HandshakePair(client: .largeClient(), server: server)
        try pair.run()
        #expect(pair.server.isComplete && pair.server.peerCertificates.isEmpty)
    }

    @Test func `stop without a client certificate when it is required`() throws {
        var server = TLSConfiguration.largeServer()
        server.clientAuthentication = .required
        server.verifier = LargeVerifier()
        var pair = try HandshakePair(client: .largeClient(), server: server)
        #expect(throws: TLSError.certificateRequired) { try pair.run() }
    }

    @Test func `stop when the client's certificate is of no accepted kind`() throws {
        var server = TLSConfiguration.largeServer()
        server.clientAuthentication = .required
        server.verifier = LargeVerifier()
        server.signatureSchemes = [.ed25519]
        var client = TLSConfiguration.largeClient()
        client.signer = LargeSigner(seed: 8)
        var pair = try HandshakePair(client: client, server: server)
        #expect(throws: TLSError.certificateRequired) { try pair.run() }
    }

    @Test(arguments: [CertificateRejection.Reason.bad, .expired, .revoked, .unknownAuthority, .accessDenied])
    func `stop with the verifier's reason`(reason: CertificateRejection.Reason) throws {
        let rejection = CertificateRejection(reason, detail: "test")
        var client = TLSConfiguration.largeClient()
        client.verifier = LargeVerifier(rejection: rejection)
        var pair = try HandshakePair(client: client, server: .largeServer())
        let error = #expect(throws: TLSError.self) { try pair.run() }
        #expect(error == .certificateRejected(rejection))
        #expect(error?.alert == rejection.alert)
        #expect(throws: TLSError.closed) { try pair.client.receive([1], at: .handshake) }
    }

    @Test func `stop without a common suite, group, scheme or protocol`() throws {
        func failure(_ change: (inout TLSConfiguration) -> Void) throws -> TLSError? {
            var client = TLSConfiguration.largeClient()
            change(&client)
            var pair = try HandshakePair(client: client, server: .largeServer())
            return #expect(throws: TLSError.self) { try pair.run() }
        }
        var server = TLSConfiguration.largeServer()
        server.cipherSuites = [.chacha20Poly1305SHA256]
        var client = TLSConfiguration.largeClient()
        client.cipherSuites = [.aes128GCMSHA256]
        var pair = try HandshakePair(client: client, server: server)
        #expect(throws: TLSError.handshakeFailure("no common cipher suite")) { try pair.run() }
        #expect(try failure { $0.groups = [.secp256r1] } == .handshakeFailure("no common group"))
        #expect(try failure { $0.signatureSchemes = [.ed25519] } == .handshakeFailure("no common signature scheme"))
        #expect(try failure { $0.applicationProtocols = [[1]] } == .noApplicationProtocol)
    }

    @Test func `stop when one speaks QUIC and the other does not`() throws {
        var first = try HandshakePair(client: .largeClient(isQUIC: true), server: .largeServer())
        let refusal = #expect(throws: TLSError.self) { try first.run() }
        #expect(refusal?.alert == .unsupportedExtension)
        var second = try HandshakePair(client: .largeClient(), server: .largeServer(isQUIC: true))
        let error = #expect(throws: TLSError.self) { try second.run() }
        // The stream client's session identifier is what QUIC sees first.
        #expect(error?.alert == .illegalParameter)
    }

    @Test func `refuse a configuration that cannot work`() {
        func reason(_ role: HandshakeRole, _ change: (inout TLSConfiguration) -> Void) -> TLSError? {
            var configuration = role == .client ? TLSConfiguration.largeClient() : .largeServer()
            change(&configuration)
            return #expect(throws: TLSError.self) {
                try Handshake(role: role, configuration: configuration, random: SplitMix64(seed: 0))
            }
        }
        #expect(reason(.client) { $0.verifier = nil } == .misconfigured("a client needs a verifier"))
        #expect(reason(.server) { $0.signer = nil } == .misconfigured("a server needs a signer"))
        #expect(reason(.client) { $0.groups = [] } == .misconfigured("no groups"))
        #expect(reason(.client) { $0.groups = [.x25519, .x25519] } == .misconfigured("a group twice"))
        #expect(reason(.client) { $0.serverName = "::1" }?.alert == nil)
        #expect(reason(.client) { $0.applicationProtocols = [[]] }?.alert == nil)
        #expect(reason(.server) { $0.clientAuthentication = .required }?.alert == nil)
    }
}

extension TLSConfiguration {
    static func allGroups() -> TLSConfiguration {
        var configuration = largeServer()
        configuration.groups = NamedGroup.supported
        return configuration
    }
}
