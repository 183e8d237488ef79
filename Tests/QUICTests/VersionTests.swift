import Canonical
import Crypto
import TLS
import Testing

@testable import QUIC

@Suite struct `QUIC version 2` {
    let id = ConnectionID(hex("8394c8f03e515708")) ?? ConnectionID()

    @Test func `tags a Retry as RFC 9369 does`() throws {
        let packet = hex("cf6b3343cf0008f067a5502a4262b5746f6b656e")
        let tag = try RetryIntegrity.tag(packet: packet, originalDestination: id, version: .two)
        #expect(tag == hex("c8646ce8bfe33952d955543665dcc7b6"))
    }

    @Test func `seals a short header as RFC 9369 does`() throws {
        let secret = SymmetricKey(data: hex("9ac312a7f877468ebe69422748ad00a15443f18203a07d6060f688f30f21632b"))
        let keys = try PacketKeys(suite: .chacha20Poly1305SHA256, secret: secret, version: .two)
        var packet = hex("4200bff401") + [UInt8](repeating: 0, count: 16)
        try packet.withUnsafeMutableBytes {
            try keys.protect($0, packetNumberOffset: 1, packetNumberLength: 3, packetNumber: 654_360_564)
        }
        #expect(packet == hex("5558b1c60ae7b6b932bc27d786f4bc2bb20f2162ba"))
    }

    @Test(arguments: QUICVersion.allCases)
    func `gives each kind of packet its own first byte`(version: QUICVersion) {
        for type in [PacketType.initial, .zeroRoundTrip, .handshake, .retry] {
            #expect(version.packetType(version.firstByte(type)) == type)
        }
        #expect(QUICVersion.two.firstByte(.initial) == 0xD0)
        #expect(QUICVersion.two.firstByte(.retry) == 0xC0)
    }
}

@Suite struct `The versions of both ends` {
    private func network(
        client: [QUICVersion], server: [QUICVersion], seed: UInt64 = 400,
        change: (inout ServerConfiguration) -> Void = { _ in }
    ) throws -> (SimulatedNetwork, Connection) {
        var configuration = ServerConfiguration(tls: TestTLS.server(padding: 3000))
        configuration.transport.versions = server
        change(&configuration)
        let network = try SimulatedNetwork(seed: seed, server: configuration)
        var own = ClientConfiguration(tls: TestTLS.client())
        own.transport.versions = client
        return (network, try network.connect(own))
    }

    @Test(arguments: [
        ([QUICVersion.one], [QUICVersion.one, .two], QUICVersion.one), ([.two], [.one, .two], .two),
        ([.one, .two], [.one, .two], .one), ([.one, .two], [.two, .one], .two), ([.two, .one], [.one, .two], .one),
        ([.two, .one], [.two], .two),
    ])
    func `agree on what the server prefers, without a round trip`(
        client: [QUICVersion], server: [QUICVersion], result: QUICVersion
    ) throws {
        let (network, connection) = try network(client: client, server: server)
        let start = network.now
        #expect(try network.establish())
        #expect(connection.version == result)
        #expect(network.server.connection?.version == result)
        #expect(network.now - start < 70_000_000, "two round trips of 20 ms and half a third for HANDSHAKE_DONE")
        let id = try #require(try connection.openStream(.unidirectional))
        _ = try connection.write(id, [1, 2, 3], finish: true)
        #expect(network.run(seconds: 2) { network.server.events.contains(.streamReadable(id)) })
        connection.ping()
        try connection.updateKeys()
        network.run(seconds: 1)
        #expect(connection.isEstablished && network.server.connection?.statistics.keyUpdates == 1)
    }

    @Test(arguments: UInt64(410)..<420)
    func `agree at thirty percent loss`(seed: UInt64) throws {
        let (network, connection) = try network(client: [.one, .two], server: [.two, .one], seed: seed) {
            $0.transport.handshakeTimeoutNanoseconds = 60_000_000_000
        }
        network.conditions.loss = 300
        network.run(seconds: 60) { network.client.events.contains(.handshakeConfirmed) || connection.isClosed }
        #expect(connection.isClosed || connection.version == .two)
    }

    @Test func `agree after a Retry`() throws {
        let (network, connection) = try network(client: [.one, .two], server: [.two, .one]) {
            $0.unfinishedHandshakesBeforeRetry = 0
        }
        #expect(try network.establish())
        #expect(connection.retrySource != nil)
        #expect(connection.version == .two)
    }

    @Test func `differ, and the client hears what there is`() throws {
        let (network, connection) = try network(client: [.two], server: [.one])
        network.run(seconds: 2)
        #expect(connection.isDrained)
        guard case .versionNegotiation(let offered) = network.client.closeReason else {
            Issue.record("\(String(describing: network.client.closeReason))")
            return
        }
        #expect(offered.contains(1) && !offered.contains(QUICVersion.two.rawValue))
        #expect(network.server.connections.isEmpty)
    }

    @Test(arguments: [QUICVersion.one, .two], [false, true])
    func `are found by a second attempt when the server does not know the first`(
        common: QUICVersion, asksForProof: Bool
    ) throws {
        let other = common == .one ? QUICVersion.two : .one
        let (network, connection) = try network(client: [other, common], server: [common]) {
            if asksForProof { $0.unfinishedHandshakesBeforeRetry = 0 }
        }
        let start = network.now
        #expect(try network.establish())
        #expect(connection.hasRestarted && connection.version == common)
        #expect(connection.originalVersion == common)
        #expect(network.now - start < (asksForProof ? 110_000_000 : 90_000_000), "one round trip more, of 20 ms")
        let id = try #require(try connection.openStream(.unidirectional))
        _ = try connection.write(id, [1, 2, 3], finish: true)
        #expect(network.run(seconds: 2) { network.server.events.contains(.streamReadable(id)) })
        #expect(network.failure == nil)
    }

    @Test(arguments: UInt64(420)..<430)
    func `are found by a second attempt at thirty percent loss`(seed: UInt64) throws {
        let (network, connection) = try network(client: [.two, .one], server: [.one], seed: seed) {
            $0.transport.handshakeTimeoutNanoseconds = 60_000_000_000
        }
        network.conditions.loss = 300
        network.run(seconds: 60) { network.client.events.contains(.handshakeConfirmed) || connection.isClosed }
        #expect(connection.isClosed || connection.version == .one)
    }

    /// A Version Negotiation packet to the connection's first packet, as anybody on the way can make it.
    private func negotiation(_ connection: Connection, offering versions: [UInt32]) -> [UInt8] {
        let own = connection.localConnectionIDs[0].bytes
        let peer = connection.remoteIDs.current.id.bytes
        var packet: [UInt8] = [0xC0, 0, 0, 0, 0, UInt8(own.count)] + own + [UInt8(peer.count)] + peer
        for version in versions { packet.appendBigEndian(version) }
        return packet
    }

    private func deliver(_ packet: [UInt8], to network: SimulatedNetwork) {
        var packet = packet
        packet.withUnsafeMutableBytes {
            _ = network.client.endpoint.receive(
                $0, from: network.server.address, now: Timestamp(nanoseconds: network.now))
        }
    }

    @Test func `cannot be talked down by a forged Version Negotiation packet`() throws {
        // The server speaks both, but does not move a client to another one by itself.
        let (network, connection) = try network(client: [.two, .one], server: [.one, .two])
        network.pump(network.client)
        deliver(negotiation(connection, offering: [1]), to: network)
        #expect(connection.hasRestarted && connection.version == .one)
        network.run(seconds: 5)
        guard case .violation(let code, _) = network.client.closeReason else {
            Issue.record("\(String(describing: network.client.closeReason))")
            return
        }
        #expect(code == .versionNegotiationError)
    }

    @Test func `are taken as version 1 alone when the server does not tell them`() throws {
        let (_, connection) = try network(client: [.two, .one], server: [.one])
        try connection.restart(in: .one)
        try connection.checkVersion(told: nil)
        let (_, other) = try network(client: [.one, .two], server: [.two])
        try other.restart(in: .two)
        #expect(throws: QUICError.self) { try other.checkVersion(told: nil) }
    }

    @Test func `are tried anew once only`() throws {
        let (network, connection) = try network(client: [.two, .one], server: [.one])
        network.pump(network.client)
        deliver(negotiation(connection, offering: [1]), to: network)
        deliver(negotiation(connection, offering: [QUICVersion.two.rawValue]), to: network)
        #expect(connection.isClosed)
        #expect(network.client.connection === connection)
    }

    @Test func `of an attempt are not changed by a packet that names the one in use`() throws {
        let (network, connection) = try network(client: [.two, .one], server: [.two])
        network.pump(network.client)
        deliver(negotiation(connection, offering: [1, QUICVersion.two.rawValue]), to: network)
        #expect(!connection.hasRestarted)
        #expect(try network.establish())
    }

    @Test func `are checked against what the packets say`() throws {
        let (network, connection) = try network(client: [.one, .two], server: [.one])
        connection.ownParameters.versionInformation?.chosen = QUICVersion.two.rawValue
        let claimed = connection.ownParameters.versionInformation
        let server = Connection.bestVersion(of: [.one], claimed, original: .one)
        #expect(server == .one)
        #expect(throws: QUICError.self) { try connection.checkVersion(told: claimed) }
        #expect(throws: QUICError.self) { try connection.chooseVersion(offered: claimed) }
        #expect(network.server.connections.isEmpty)
    }

    @Test(arguments: ["", "000000", "00000000", "0000000100000000", "00000001000000"])
    func `are refused when malformed`(value: String) {
        let bytes = [0x11, UInt8(hex(value).count)] + hex(value)
        #expect(throws: QUICError.self) { try TransportParameters(bytes, from: .server) }
    }

    @Test func `of a client name the chosen one among the available ones`() throws {
        let bytes = [0x11, 8] + hex("000000016b3343cf")
        #expect(throws: QUICError.self) { try TransportParameters(bytes, from: .client) }
        #expect(try TransportParameters(bytes, from: .server).versionInformation?.chosen == 1)
    }
}
