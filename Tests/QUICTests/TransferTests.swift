import Canonical
import Foundation
import TLS
import Testing

@testable import QUIC

let runsLongTests = ProcessInfo.processInfo.environment["HYPERMESH_LONG_TESTS"] == "1"

@Suite struct TransferTests {
    /// Sends bytes on streams that the client opens, and waits until the server has them all.
    func transfer(
        _ network: SimulatedNetwork, streams: Int = 1, bytes: Int, seconds: UInt64 = 600,
        during: (SimulatedNetwork) throws -> Void = { _ in }
    ) throws -> PatternReceiver {
        try #require(try network.establish())
        let connection = try #require(network.client.connection)
        let sender = PatternSender()
        let receiver = PatternReceiver()
        network.client.onEvent = { connection, event in
            if case .streamWritable(let id) = event { try sender.push(connection, id) }
        }
        network.server.onEvent = { connection, event in
            if case .streamReadable(let id) = event { try receiver.read(connection, id) }
        }
        for _ in 0..<streams {
            let id = try #require(try connection.openStream(.unidirectional))
            try sender.start(connection, id, total: bytes)
        }
        try during(network)
        let isDone = network.run(seconds: seconds) { receiver.finished.count == streams || network.failure != nil }
        #expect(network.failure == nil)
        #expect(
            isDone,
            "received \(receiver.total) of \(streams * bytes); \(String(describing: network.server.closeReason))")
        #expect(receiver.total == streams * bytes)
        #expect(receiver.mismatches == 0)
        return receiver
    }

    @Test func moves20MegabytesAtTwoPercentLossWithReordering() throws {
        var conditions = NetworkConditions()
        conditions.loss = 20
        conditions.reordering = 20
        conditions.duplication = 5
        let network = try SimulatedNetwork(
            seed: 42, conditions: conditions, server: ServerConfiguration(tls: TestTLS.server()))
        let start = network.now
        let wall = ContinuousClock.now
        let size = runsLongTests ? 20_000_000 : 2_000_000
        _ = try transfer(network, bytes: size)
        let statistics = try #require(network.client.connection).statistics
        print(
            "\(size) bytes in \((network.now - start) / 1_000_000) ms of virtual time,",
            "\(ContinuousClock.now - wall) of wall time"
        )
        #expect(statistics.packetsLost > 0)
        #expect(statistics.congestionEvents > 0)
    }

    @Test func growsItsWindowsOnACleanPathUntilLittleHoldsItBack() throws {
        let network = try SimulatedNetwork(seed: 3, server: ServerConfiguration(tls: TestTLS.server()))
        let start = network.now
        _ = try transfer(network, bytes: 8_000_000)
        let statistics = try #require(network.client.connection).statistics
        #expect(statistics.packetsLost == 0)
        #expect(statistics.udpPayload == 1452, "path MTU discovery")
        #expect(statistics.smoothedRoundTripNanoseconds >= 20_000_000)
        #expect(network.now - start < 2_000_000_000, "8 MB took \((network.now - start) / 1_000_000) ms")
    }

    @Test func carriesManyStreamsAtOnce() throws {
        var conditions = NetworkConditions()
        conditions.loss = 10
        let network = try SimulatedNetwork(
            seed: 4, conditions: conditions, server: ServerConfiguration(tls: TestTLS.server()))
        let receiver = try transfer(network, streams: 100, bytes: 10_000)
        #expect(receiver.finished.count == 100)
    }

    @Test func survivesCorruptionAndASmallMTU() throws {
        var conditions = NetworkConditions()
        conditions.corruption = 20
        conditions.mtu = 1280
        let network = try SimulatedNetwork(
            seed: 5, conditions: conditions, server: ServerConfiguration(tls: TestTLS.server()))
        // BBR moves half as much before the search is over.
        _ = try transfer(network, bytes: 1_000_000)
        let payload = try #require(network.client.connection).statistics.udpPayload
        #expect(payload <= 1280)
        #expect(payload > 1250)
    }

    @Test func staysWithinSmallFlowControlWindows() throws {
        var server = ServerConfiguration(tls: TestTLS.server())
        server.transport.streamReceiveWindow = 4096
        server.transport.streamReceiveWindowMaximum = 4096
        server.transport.connectionReceiveWindow = 6000
        server.transport.connectionReceiveWindowMaximum = 6000
        let network = try SimulatedNetwork(seed: 6, server: server)
        _ = try transfer(network, streams: 3, bytes: 100_000)
    }

    @Test func updatesKeysInTheMiddleOfATransfer() throws {
        var conditions = NetworkConditions()
        conditions.loss = 10
        conditions.reordering = 50
        let network = try SimulatedNetwork(
            seed: 7, conditions: conditions, server: ServerConfiguration(tls: TestTLS.server()))
        var configuration = ClientConfiguration(tls: TestTLS.client())
        configuration.transport.packetsPerKeyPhase = 200
        try network.connect(configuration)
        _ = try transfer(network, bytes: 2_000_000)
        let client = try #require(network.client.connection).statistics
        let server = try #require(network.server.connection).statistics
        #expect(client.keyUpdates >= 3)
        #expect(server.keyUpdates >= client.keyUpdates - 1)
    }

    @Test func opensMoreStreamsThanAllowedAtOnce() throws {
        var server = ServerConfiguration(tls: TestTLS.server())
        server.transport.unidirectionalStreamsMaximum = 5
        let network = try SimulatedNetwork(seed: 8, server: server)
        try #require(try network.establish())
        let receiver = PatternReceiver()
        var opened = 0
        func openAll(_ connection: Connection) throws {
            while opened < 50, let id = try connection.openStream(.unidirectional) {
                opened += 1
                _ = try connection.write(id, [PatternSender.byte(0)], finish: true)
            }
        }
        network.client.onEvent = { connection, event in
            if case .streamsAvailable = event { try openAll(connection) }
        }
        network.server.onEvent = { connection, event in
            if case .streamReadable(let id) = event { try receiver.read(connection, id) }
        }
        try openAll(try #require(network.client.connection))
        #expect(opened == 5)
        #expect(network.run(seconds: 60) { receiver.finished.count == 50 })
        network.run(seconds: 1)
        #expect(network.failure == nil)
        #expect(network.client.connection?.streams.count == 0)
        #expect(network.server.connection?.streams.count == 0)
    }

    @Test func answersOnBidirectionalStreams() throws {
        let network = try SimulatedNetwork(seed: 9, server: ServerConfiguration(tls: TestTLS.server()))
        try #require(try network.establish())
        let connection = try #require(network.client.connection)
        var answer: [UInt8] = []
        network.server.onEvent = { connection, event in
            guard case .streamReadable(let id) = event else { return }
            let (bytes, finished) = try connection.read(id, maximum: 100)
            #expect(finished)
            _ = try connection.write(id, Array(bytes.reversed()), finish: true)
        }
        network.client.onEvent = { connection, event in
            guard case .streamReadable(let id) = event else { return }
            answer += try connection.read(id, maximum: 100).bytes
        }
        let id = try #require(try connection.openStream(.bidirectional))
        #expect(try connection.write(id, [1, 2, 3], finish: true) == 3)
        #expect(network.run(seconds: 5) { answer.count == 3 })
        #expect(answer == [3, 2, 1])
        network.run(seconds: 1)
        #expect(connection.streams.count == 0)
    }

    @Test func refusesMoreThanTheSendBufferAndTellsWhenThereIsRoom() throws {
        let network = try SimulatedNetwork(seed: 10, server: ServerConfiguration(tls: TestTLS.server()))
        var configuration = ClientConfiguration(tls: TestTLS.client())
        configuration.transport.streamSendBuffer = 10_000
        configuration.transport.streamSendBufferMaximum = 10_000
        try network.connect(configuration)
        try #require(try network.establish())
        let connection = try #require(network.client.connection)
        let id = try #require(try connection.openStream(.unidirectional))
        #expect(try connection.write(id, [UInt8](repeating: 1, count: 15_000), finish: true) == 10_000)
        #expect(network.run(seconds: 5) { network.client.events.contains(.streamWritable(id)) })
        #expect(try connection.write(id, [UInt8](repeating: 1, count: 5000), finish: true) == 5000)
        #expect(throws: QUICError.streamFinished(id)) { try connection.write(id, [1]) }
    }

    @Test func deliversResetAndStopSending() throws {
        let network = try SimulatedNetwork(seed: 11, server: ServerConfiguration(tls: TestTLS.server()))
        try #require(try network.establish())
        let client = try #require(network.client.connection)
        let server = try #require(network.server.connection)
        let first = try #require(try client.openStream(.unidirectional))
        let second = try #require(try client.openStream(.bidirectional))
        _ = try client.write(first, [UInt8](repeating: 1, count: 5000))
        _ = try client.write(second, [UInt8](repeating: 1, count: 5000))
        network.run(seconds: 1)
        try client.reset(first, code: 77)
        try server.stopSending(second, code: 88)
        network.run(seconds: 1)
        #expect(network.server.events.contains(.streamReset(first, code: 77)))
        #expect(network.client.events.contains(.stopSending(second, code: 88)))
        #expect(throws: QUICError.streamStopped(second, code: 88)) { try client.write(second, [1]) }
        #expect(client.streams[first] == nil)
        #expect(server.streams[first] == nil)
        try server.reset(second, code: 1)
        network.run(seconds: 1)
        #expect(client.streams.count == 0)
        #expect(server.streams.count == 0)
    }

    @Test func sendsDatagramsAtMostOnce() throws {
        var conditions = NetworkConditions()
        conditions.loss = 200
        let network = try SimulatedNetwork(
            seed: 12, conditions: conditions, server: ServerConfiguration(tls: TestTLS.server()))
        try #require(try network.establish())
        let client = try #require(network.client.connection)
        for index in 0..<200 {
            try client.sendDatagram([UInt8(index)])
            network.run(seconds: 1)
        }
        var seen: [UInt8] = []
        for case .datagramReceived(let bytes) in network.server.events { seen += bytes }
        #expect(Set(seen).count == seen.count)
        #expect(seen.count > 100 && seen.count < 200)
        let maximum = try #require(client.maximumDatagramPayload)
        #expect(throws: QUICError.datagramTooLarge(maximum: maximum)) {
            try client.sendDatagram([UInt8](repeating: 0, count: maximum + 1))
        }
        try client.sendDatagram([UInt8](repeating: 0, count: maximum))
    }

    @Test func sendsUrgentStreamsFirst() throws {
        let network = try SimulatedNetwork(seed: 13, server: ServerConfiguration(tls: TestTLS.server()))
        try #require(try network.establish())
        let client = try #require(network.client.connection)
        var order: [StreamID] = []
        let receiver = PatternReceiver()
        network.server.onEvent = { connection, event in
            guard case .streamReadable(let id) = event else { return }
            try receiver.read(connection, id)
            if receiver.finished.contains(id), !order.contains(id) { order.append(id) }
        }
        let sender = PatternSender()
        let bulk = try #require(try client.openStream(.unidirectional))
        let urgent = try #require(try client.openStream(.unidirectional))
        try client.setPriority(urgent, 5)
        try sender.start(client, bulk, total: 200_000)
        try sender.start(client, urgent, total: 200_000)
        #expect(network.run(seconds: 10) { order.count == 2 })
        #expect(order == [urgent, bulk])
    }
}
