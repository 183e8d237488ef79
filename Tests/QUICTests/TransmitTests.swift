import Canonical
import TLS
import Testing

@testable import QUIC

@Suite struct TransmitTests {
    let server = ServerConfiguration(tls: TestTLS.server())

    @Test func fillsABufferWithDatagramsOfOneSize() throws {
        let network = try SimulatedNetwork(seed: 60, server: server)
        var configuration = ClientConfiguration(tls: TestTLS.client())
        configuration.transport.pacing = false
        configuration.transport.initialWindowPackets = 64
        let connection = try network.connect(configuration)
        try #require(try network.establish())
        network.run(seconds: 2)
        let id = try #require(try connection.openStream(.unidirectional))
        _ = try connection.write(id, [UInt8](repeating: 1, count: 60_000), finish: true)
        let size = connection.statistics.udpPayload
        #expect(size == 1452)
        let now = Timestamp(nanoseconds: network.now)
        var total = 0
        var transmits: [Transmit] = []
        while let transmit = connection.nextTransmit(into: network.buffer, maximumSegments: 16, now: now) {
            transmits.append(transmit)
            total += transmit.length
        }
        #expect(
            transmits.dropLast().allSatisfy { $0.segmentSize == size && $0.length == 16 * size },
            "\(transmits.map { ($0.segmentSize, $0.length) })")
        #expect(transmits.allSatisfy { ($0.length + $0.segmentSize - 1) / $0.segmentSize <= 16 })
        #expect(total > 60_000 && total < 64_000)
    }

    @Test func holdsTheCongestionWindow() throws {
        let network = try SimulatedNetwork(seed: 61, server: server)
        var configuration = ClientConfiguration(tls: TestTLS.client())
        configuration.transport.pacing = false
        let connection = try network.connect(configuration)
        try #require(try network.establish())
        network.run(seconds: 2)
        let id = try #require(try connection.openStream(.unidirectional))
        _ = try connection.write(id, [UInt8](repeating: 1, count: 500_000))
        let now = Timestamp(nanoseconds: network.now)
        while connection.nextTransmit(into: network.buffer, maximumSegments: 16, now: now) != nil {}
        let statistics = connection.statistics
        #expect(statistics.bytesInFlight <= statistics.congestionWindow)
        #expect(statistics.bytesInFlight > statistics.congestionWindow - 2 * statistics.udpPayload)
    }

    @Test func sendsAtOnceAfterAnyNumberOfAcknowledgements() throws {
        let network = try SimulatedNetwork(seed: 63, server: server)
        var configuration = ClientConfiguration(tls: TestTLS.client())
        configuration.transport.asksForAcknowledgementFrequency = false
        let connection = try network.connect(configuration)
        try #require(try network.establish())
        let receiver = PatternReceiver()
        let sender = PatternSender()
        network.client.onEvent = { if case .streamWritable(let id) = $1 { try sender.push($0, id) } }
        network.server.onEvent = { if case .streamReadable(let id) = $1 { try receiver.read($0, id) } }
        let id = try #require(try connection.openStream(.unidirectional))
        try sender.start(connection, id, total: 20_000_000)
        #expect(network.run(seconds: 20) { receiver.finished.contains(id) })
        let peer = try #require(network.server.connection)
        let answer = try #require(try peer.openStream(.unidirectional))
        _ = try peer.write(answer, [1], finish: true)
        let transmit = peer.nextTransmit(
            into: network.buffer, maximumSegments: 1, now: Timestamp(nanoseconds: network.now))
        #expect(transmit != nil)
        #expect(peer.statistics.streamBytesSent == 1)
    }

    @Test func pacesAWindowOverTheRoundTrip() throws {
        let network = try SimulatedNetwork(seed: 62, server: server)
        var configuration = ClientConfiguration(tls: TestTLS.client())
        configuration.transport.initialWindowPackets = 40
        let connection = try network.connect(configuration)
        try #require(try network.establish())
        network.run(seconds: 2)
        let id = try #require(try connection.openStream(.unidirectional))
        _ = try connection.write(id, [UInt8](repeating: 1, count: 500_000))
        let start = network.now
        var sentAtOnce = 0
        let now = Timestamp(nanoseconds: start)
        while let transmit = connection.nextTransmit(into: network.buffer, maximumSegments: 16, now: now) {
            sentAtOnce += transmit.length
        }
        #expect(sentAtOnce < connection.statistics.congestionWindow)
        let next = try #require(connection.nextDeadline)
        #expect(next.nanoseconds > start && next.nanoseconds < start + 20_000_000)
    }

    @Test func goesOnWhenThePathShrinks() throws {
        let network = try SimulatedNetwork(seed: 63, server: server)
        try #require(try network.establish())
        network.run(seconds: 2)
        let connection = try #require(network.client.connection)
        #expect(connection.statistics.udpPayload == 1452)
        network.conditions.mtu = 1300
        let receiver = PatternReceiver()
        let sender = PatternSender()
        network.server.onEvent = { connection, event in
            if case .streamReadable(let id) = event { try receiver.read(connection, id) }
        }
        let id = try #require(try connection.openStream(.unidirectional))
        try sender.start(connection, id, total: 300_000)
        #expect(network.run(seconds: 25) { receiver.finished.contains(id) })
        #expect(receiver.mismatches == 0)
        #expect((1284...1300).contains(connection.statistics.udpPayload), "searched again below what failed")
        #expect(connection.statistics.blackHolesDetected == 1)
    }

    @Test func outlivesABlackout() throws {
        let network = try SimulatedNetwork(seed: 64, server: server)
        try #require(try network.establish())
        network.run(seconds: 2)
        let connection = try #require(network.client.connection)
        let receiver = PatternReceiver()
        let sender = PatternSender()
        network.server.onEvent = { connection, event in
            if case .streamReadable(let id) = event { try receiver.read(connection, id) }
        }
        let id = try #require(try connection.openStream(.unidirectional))
        try sender.start(connection, id, total: 2_000_000)
        network.run(seconds: 1) { receiver.total > 300_000 }
        network.conditions.loss = 1000
        network.run(seconds: 5)
        network.conditions.loss = 0
        #expect(network.run(seconds: 25) { receiver.finished.contains(id) })
        #expect(receiver.mismatches == 0)
        #expect(connection.statistics.persistentCongestionEvents >= 1)
    }

    @Test func aFlightOfFALCONSizeNeedsNoExtraRoundTrip() throws {
        // About what one FALCON-1024 certificate, its signature and the handshake signature take.
        let network = try SimulatedNetwork(seed: 65, server: ServerConfiguration(tls: TestTLS.server(padding: 4500)))
        let start = network.now
        let connection = try network.connect()
        #expect(network.run(seconds: 5) { connection.isEstablished })
        #expect(network.now - start == 20_000_000)
    }

    @Test func showsClientCertificatesToTheServer() throws {
        var server = ServerConfiguration(tls: TestTLS.server())
        server.tls.clientAuthentication = .required
        server.tls.verifier = TestVerifier()
        let network = try SimulatedNetwork(seed: 66, server: server)
        var configuration = ClientConfiguration(tls: TestTLS.client())
        let signer = TestSigner(padding: 3000)
        configuration.tls.signer = signer
        try network.connect(configuration)
        #expect(try network.establish())
        #expect(network.server.connection?.peerCertificateChain == signer.certificateChain)
    }

    @Test func tellsEveryClientThatItIsFull() throws {
        let network = try SimulatedNetwork(seed: 67, server: server) { $0.connectionsMaximum = 1 }
        try #require(try network.establish())
        let second = try network.connect()
        network.run(seconds: 2) { second.isClosed }
        #expect(network.server.connections.count == 1)
        var reasons: [CloseReason] = []
        for case .closed(let reason) in network.client.events { reasons.append(reason) }
        #expect(reasons == [.peer(code: 2, application: false, reason: "")])
    }

    @Test func refusesConfigurationsThatCannotWork() {
        var small = EndpointConfiguration()
        small.connectionIDLength = 3
        #expect(throws: QUICError.self) { try Endpoint(configuration: small, random: SplitMix64(seed: 1)) }
        var transport = TransportConfiguration()
        transport.udpPayloadInitial = 1199
        #expect(throws: QUICError.self) { try transport.validate() }
        transport = TransportConfiguration()
        transport.streamReceiveWindow = .max
        #expect(throws: QUICError.self) { try transport.validate() }
    }
}
