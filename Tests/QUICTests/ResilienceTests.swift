import Canonical
import TLS
import Testing

@testable import QUIC

@Suite struct ResilienceTests {
    let server = ServerConfiguration(tls: TestTLS.server())

    @Test(arguments: UInt64(100)..<UInt64(120))
    func finishesTheHandshakeAtThirtyPercentLoss(seed: UInt64) throws {
        var conditions = NetworkConditions()
        conditions.loss = 300
        var server = ServerConfiguration(tls: TestTLS.server(padding: 3000))
        server.transport.handshakeTimeoutNanoseconds = 60_000_000_000
        let network = try SimulatedNetwork(seed: seed, conditions: conditions, server: server)
        var configuration = ClientConfiguration(tls: TestTLS.client())
        configuration.transport.handshakeTimeoutNanoseconds = 60_000_000_000
        try network.connect(configuration)
        #expect(network.run(seconds: 60) { network.client.events.contains(.handshakeConfirmed) })
    }

    @Test func neverSendsMoreThanThreeTimesWhatAnUnprovenAddressSent() throws {
        let network = try SimulatedNetwork(seed: 20, server: ServerConfiguration(tls: TestTLS.server(padding: 12_000)))
        var toServer = 0
        var fromServer = 0
        var flight = 0
        var worst = 0.0
        network.conditions.drops = { _, isToServer, bytes in
            // The client's answers are lost for a while: the server may not go on without them.
            if isToServer {
                flight += 1
                if flight > 2 && flight < 8 { return true }
                toServer += bytes.count
                if flight >= 8 { network.conditions.drops = nil }
            } else {
                fromServer += bytes.count
                worst = max(worst, Double(fromServer) / Double(max(toServer, 1)))
            }
            return false
        }
        #expect(try network.establish())
        #expect(worst > 2, "the limit was reached for")
        #expect(worst <= 3)
    }

    @Test func asksForARetryAndRemembersTheAddress() throws {
        var configuration = server
        configuration.unfinishedHandshakesBeforeRetry = 0
        let network = try SimulatedNetwork(seed: 21, server: configuration)
        let connection = try network.connect()
        #expect(try network.establish())
        #expect(connection.retrySource != nil)
        var token: [UInt8] = []
        network.run(seconds: 1)
        for case .tokenReceived(let bytes) in network.client.events { token = bytes }
        #expect(!token.isEmpty)
        var second = ClientConfiguration(tls: TestTLS.client())
        second.token = token
        let again = try network.connect(second)
        #expect(network.run(seconds: 5) { again.isEstablished })
        #expect(again.retrySource == nil, "the token spares the Retry")
    }

    @Test func refusesARetryTokenOfAnotherAddress() throws {
        var configuration = server
        configuration.unfinishedHandshakesBeforeRetry = 0
        let network = try SimulatedNetwork(seed: 22, server: configuration)
        try network.connect()
        network.run(seconds: 1) { network.client.connection?.retrySource != nil }
        // The Initial with the token now leaves from another port.
        network.client.address = .loopback(port: 50_001)
        network.pump(network.client)
        network.client.address = .loopback(port: 50_000)
        for index in network.flights.indices { network.flights[index].source = .loopback(port: 50_001) }
        network.run(seconds: 1)
        #expect(network.server.connections.isEmpty)
    }

    @Test func answersAnUnknownVersionWithItsOwn() throws {
        let network = try SimulatedNetwork(seed: 23, server: server)
        var datagram: [UInt8] = [0xC0, 0x0A, 0x0A, 0x0A, 0x0A, 8] + [UInt8](repeating: 1, count: 8) + [4, 9, 9, 9, 9]
        datagram += [UInt8](repeating: 0, count: 1200 - datagram.count)
        let disposition = datagram.withUnsafeMutableBytes {
            network.server.endpoint.receive($0, from: network.client.address, now: .zero)
        }
        guard case .reply(let reply) = disposition else {
            Issue.record("no reply")
            return
        }
        #expect(Array(reply[1..<5]) == [0, 0, 0, 0])
        #expect(Array(reply[5..<10]) == [4, 9, 9, 9, 9])
        #expect(Array(reply[19..<23]) == [0, 0, 0, 1])
        var short = Array(datagram.prefix(1199))
        let answer = short.withUnsafeMutableBytes {
            network.server.endpoint.receive($0, from: network.client.address, now: .zero)
        }
        guard case .ignored(.tooSmall) = answer else {
            Issue.record("answered a small datagram")
            return
        }
    }

    @Test func givesUpWhenTheServerSpeaksOtherVersions() throws {
        let network = try SimulatedNetwork(seed: 24, server: server)
        var own = ClientConfiguration(tls: TestTLS.client())
        own.transport.versions = [.one]
        let connection = try network.connect(own)
        network.conditions.drops = { _, isToServer, _ in isToServer }
        network.pump(network.client)
        func negotiation(_ version: UInt32) -> [UInt8] {
            var packet: [UInt8] = [0x80, 0, 0, 0, 0, UInt8(connection.localIDs.active[0].id.count)]
            packet += connection.localIDs.active[0].id.bytes
            packet += [UInt8(connection.originalDestination.count)] + connection.originalDestination.bytes
            packet.appendBigEndian(version)
            return packet
        }
        for version: UInt32 in [1, 0x6B33_43CF] {
            var packet = negotiation(version)
            _ = packet.withUnsafeMutableBytes {
                network.client.endpoint.receive($0, from: network.server.address, now: .zero)
            }
            network.run(seconds: 1)
            #expect(connection.isDrained == (version != 1))
        }
        #expect(network.client.closeReason == .versionNegotiation(offered: [0x6B33_43CF]))
    }

    @Test func endsAConnectionThatTheServerHasLost() throws {
        let key = [UInt8](repeating: 3, count: 32)
        let network = try SimulatedNetwork(seed: 25, server: server) { $0.statelessResetKey = key }
        try #require(try network.establish())
        network.run(seconds: 1)
        var configuration = EndpointConfiguration(server: server)
        configuration.statelessResetKey = key
        network.server.endpoint = try Endpoint(configuration: configuration, random: SplitMix64(seed: 99))
        network.server.connections = []
        let connection = try #require(network.client.connection)
        let id = try #require(try connection.openStream(.unidirectional))
        _ = try connection.write(id, [UInt8](repeating: 0, count: 500))
        network.run(seconds: 5)
        #expect(network.client.closeReason == .statelessReset)
        #expect(connection.isDrained)
    }

    @Test func closesBothEndsWithTheApplicationsCode() throws {
        let network = try SimulatedNetwork(seed: 26, server: server)
        try #require(try network.establish())
        let connection = try #require(network.client.connection)
        connection.close(code: 1234, reason: "enough", now: Timestamp(nanoseconds: network.now))
        network.run(seconds: 10)
        #expect(network.client.closeReason == .local(code: 1234, application: true, reason: "enough"))
        #expect(network.server.closeReason == .peer(code: 1234, application: true, reason: "enough"))
        #expect(connection.isDrained)
        #expect(network.server.connection?.isDrained == true)
        for connection in network.server.connections { network.server.endpoint.forget(connection.handle) }
        #expect(network.server.endpoint.connectionCount == 0)
        #expect(network.server.endpoint.registry.unfinishedHandshakes == 0)
    }

    @Test func givesUpASilentPeerAfterTheIdleTimeout() throws {
        var configuration = server
        configuration.transport.idleTimeoutNanoseconds = 5_000_000_000
        let network = try SimulatedNetwork(seed: 27, server: configuration)
        try #require(try network.establish())
        network.run(seconds: 2)
        let start = network.now
        network.conditions.loss = 1000
        network.run(seconds: 20) { network.client.closeReason != nil && network.server.closeReason != nil }
        #expect(network.client.closeReason == .idleTimeout)
        #expect(network.server.closeReason == .idleTimeout)
        #expect(network.now - start < 6_000_000_000)
    }

    @Test func keepsAnIdleConnectionAliveWhenAsked() throws {
        let network = try SimulatedNetwork(seed: 28, server: server)
        var configuration = ClientConfiguration(tls: TestTLS.client())
        configuration.transport.keepAliveIntervalNanoseconds = 10_000_000_000
        try network.connect(configuration)
        try #require(try network.establish())
        network.run(seconds: 300)
        #expect(network.client.connection?.isEstablished == true)
        #expect(network.server.connection?.isEstablished == true)
    }

    @Test func givesUpAHandshakeThatGetsNoAnswer() throws {
        let network = try SimulatedNetwork(seed: 29, server: server)
        let connection = try network.connect()
        network.conditions.loss = 1000
        network.run(seconds: 40)
        #expect(network.client.closeReason == .handshakeTimeout)
        #expect(connection.statistics.probeTimeouts > 2)
        network.client.endpoint.forget(connection.handle)
        #expect(network.client.endpoint.registry.unfinishedHandshakes == 0)
    }

    @Test(arguments: [false, true])
    func followsAClientToAnotherAddress(deliberately: Bool) throws {
        let network = try SimulatedNetwork(seed: 30, server: server)
        try #require(try network.establish())
        network.run(seconds: 1)
        let connection = try #require(network.client.connection)
        let receiver = PatternReceiver()
        let sender = PatternSender()
        network.server.onEvent = { connection, event in
            if case .streamReadable(let id) = event { try receiver.read(connection, id) }
        }
        network.client.onEvent = { connection, event in
            if case .streamWritable(let id) = event { try sender.push(connection, id) }
        }
        let id = try #require(try connection.openStream(.unidirectional))
        try sender.start(connection, id, total: 1_000_000)
        network.run(seconds: 5) { receiver.total > 200_000 }
        let oldID = connection.remoteIDs.current.id
        network.client.address = .loopback(port: 50_777)
        if deliberately { try connection.migrate(now: Timestamp(nanoseconds: network.now)) }
        #expect(network.run(seconds: 60) { receiver.finished.contains(id) })
        #expect(receiver.mismatches == 0)
        #expect(network.server.events.contains(.pathChanged(.loopback(port: 50_777))))
        #expect(network.server.connection?.remoteAddress == .loopback(port: 50_777))
        if deliberately { #expect(connection.remoteIDs.current.id != oldID) }
    }

    @Test func goesBackWhenAMoveWasForged() throws {
        let network = try SimulatedNetwork(seed: 31, server: server)
        try #require(try network.establish())
        network.run(seconds: 1)
        let connection = try #require(network.client.connection)
        connection.ping()
        network.pump(network.client)
        // An attacker forwards the packet from its own address, where nobody answers.
        for index in network.flights.indices { network.flights[index].source = .loopback(port: 666) }
        network.run(seconds: 20)
        #expect(network.server.connection?.remoteAddress == .loopback(port: 50_000))
        connection.ping()
        network.run(seconds: 5)
        #expect(network.server.connection?.isEstablished == true)
        #expect(connection.isEstablished)
    }

    @Test func reducesTheWindowForECNMarks() throws {
        let network = try SimulatedNetwork(seed: 32, server: server)
        var configuration = ClientConfiguration(tls: TestTLS.client())
        // BBR lowers its bounds only where they, not the application, hold sending back.
        configuration.transport.congestionControl = .newReno
        try network.connect(configuration)
        try #require(try network.establish())
        network.run(seconds: 1)
        let connection = try #require(network.client.connection)
        #expect(connection.path.ecn == .capable)
        let before = connection.statistics.congestionWindow
        connection.ping()
        network.pump(network.client)
        for index in network.flights.indices { network.flights[index].ecn = .congestionExperienced }
        network.run(seconds: 1)
        #expect(connection.statistics.congestionWindow < before)
        #expect(connection.statistics.congestionEvents == 1)
    }

    @Test func stopsMarkingWhereThePathEatsMarks() throws {
        var conditions = NetworkConditions()
        conditions.keepsECN = false
        let network = try SimulatedNetwork(seed: 33, conditions: conditions, server: server)
        try #require(try network.establish())
        network.run(seconds: 1)
        #expect(network.client.connection?.path.ecn == .failed)
    }

    @Test func carriesAHandshakeOfTwentyKilobytesOfCertificates() throws {
        let network = try SimulatedNetwork(seed: 34, server: ServerConfiguration(tls: TestTLS.server(padding: 20_000)))
        #expect(try network.establish())
        #expect(network.client.connection?.peerCertificateChain.first?.count ?? 0 > 20_000)
    }
}
