import Canonical
import TLS
import Testing

@testable import QUIC

/// Peers that keep to the letter of the protocol and try to cost more than they spend: what they can make an end hold
/// is bounded, and habits that no honest peer has end the connection.
@Suite struct FloodTests {
    private func established(
        _ seed: UInt64, change: (inout ServerConfiguration, inout ClientConfiguration) -> Void = { _, _ in }
    ) throws -> (network: SimulatedNetwork, victim: Connection) {
        var server = ServerConfiguration(tls: TestTLS.server())
        var client = ClientConfiguration(tls: TestTLS.client())
        change(&server, &client)
        let network = try SimulatedNetwork(seed: seed, server: server)
        try network.connect(client)
        try #require(try network.establish())
        network.run(seconds: 1)
        return (network, try #require(network.server.connection))
    }

    private func violation(_ connection: Connection) -> TransportErrorCode? {
        while let event = connection.nextEvent() {
            if case .closed(.violation(let code, _)) = event { return code }
        }
        return nil
    }

    /// Bytes that an end wants to send to an address.
    private func drain(_ connection: Connection, _ network: SimulatedNetwork, to address: SocketAddressKey) -> Int {
        var sum = 0
        while let transmit = connection.nextTransmit(
            into: network.buffer, maximumSegments: 10, now: Timestamp(nanoseconds: network.now))
        {
            if transmit.destination == address { sum += transmit.length }
        }
        return sum
    }

    @Test func keepsFewPathResponses() throws {
        let (network, victim) = try established(300)
        for _ in 0..<20 { network.hit(network.packetful([0x1A, 1, 2, 3, 4, 5, 6, 7, 8]), from: network.client) }
        #expect(victim.pathResponses.count == Limits.pathResponsesMax)
    }

    @Test func answersOnlyOnceToAnAddressThatADatagramClaims() throws {
        let (network, victim) = try established(301)
        let address = SocketAddressKey.loopback(port: 999)
        let datagram = network.forge(network.packetful([0x1A, 1, 2, 3, 4, 5, 6, 7, 8]), from: network.client)
        network.hit(datagram: datagram, from: network.client, as: address)
        let sent = drain(victim, network, to: address)
        #expect(sent > 0)
        #expect(sent <= 1200)
        #expect(sent <= 3 * datagram.count)
    }

    @Test func refusesRetirementsOfConnectionIDsThatItHasNotTold() throws {
        let (network, victim) = try established(302)
        let next = UInt8(victim.localIDs.nextSequence)
        // All but the one in use. Their successors exist then, but were not sent.
        network.hit((1..<next).flatMap { [0x19, $0] }, from: network.client)
        #expect(!victim.isClosed)
        #expect(victim.localIDs.active.count == Limits.localConnectionIDsMax)
        #expect(victim.connectionIDsQueued.count <= Limits.localConnectionIDsMax)
        network.hit([0x19, next], from: network.client)
        #expect(violation(victim) == .protocolViolation)
    }

    @Test func endsAPeerThatRetiresFasterThanItIsAnswered() throws {
        let (network, victim) = try established(303)
        for sequence in UInt8(20)..<63 {
            network.hit(
                [0x18, sequence, sequence, 4, sequence, 2, 3, 4] + [UInt8](repeating: sequence, count: 16),
                from: network.client)
        }
        for sequence in 0..<UInt8(63) {
            let wide = [0x40, sequence &+ 64]
            network.hit(
                [0x18] + wide + wide + [4, sequence, 2, 3, 5] + [UInt8](repeating: sequence, count: 16),
                from: network.client)
        }
        #expect(victim.retirementsQueued.count <= Limits.retirementsInFlightMax)
        #expect(violation(victim) == .connectionIDLimitError)
    }

    @Test func endsAPeerThatAcknowledgesNothing() throws {
        let (network, victim) = try established(304)
        victim.ping()
        _ = drain(victim, network, to: network.client.address)
        var acknowledgementOnly = SentPacket()
        acknowledgementOnly.state = .acknowledged
        while victim.dataSpace.sent.count < 2 * Limits.sentPacketsMax {
            victim.dataSpace.sent.append(acknowledgementOnly)
        }
        #expect(drain(victim, network, to: network.client.address) > 0)
        #expect(violation(victim) == .protocolViolation)
    }

    @Test func catchesAcknowledgementsOfWhatWasNeverSent() throws {
        let (network, victim) = try established(305)
        let id = try #require(try victim.openStream(.unidirectional))
        let sender = PatternSender()
        network.server.onEvent = { connection, event in
            if case .streamWritable(let id) = event { try sender.push(connection, id) }
        }
        let receiver = PatternReceiver()
        network.client.onEvent = { connection, event in
            if case .streamReadable(let id) = event { try receiver.read(connection, id) }
        }
        try sender.start(victim, id, total: 600_000)
        network.run(seconds: 10) { receiver.finished.contains(id) }
        #expect(!victim.isClosed)
        let largest = victim.dataSpace.sent.end - 1
        #expect(largest > 2 * Limits.skipDistanceMin)
        var frame: [UInt8] = [0x02]
        frame.appendVariableLength(largest)
        frame += [0, 0]
        frame.appendVariableLength(largest)
        network.hit(frame, from: network.client)
        #expect(network.server.closeReason == nil)
        #expect(violation(victim) == .protocolViolation)
    }

    @Test func endsAStreamOfCrumbsOutOfOrder() throws {
        let (network, victim) = try established(306)
        var offset = 2
        while !victim.isClosed, offset < 60_000 {
            var payload: [UInt8] = []
            while payload.count < 1000 {
                payload += [0x0E, 0x02]
                payload.appendVariableLength(UInt64(offset))
                payload += [1, 0xAA]
                offset += 2
            }
            network.hit(payload, from: network.client)
            let gaps = victim.streams[StreamID(rawValue: 2)]?.receive?.buffer.gapCount ?? 0
            #expect(gaps <= Limits.gapsMin + offset / Limits.bytesPerGapMin + 1)
        }
        #expect(violation(victim) == .internalError)
    }

    @Test func holdsTheGapsOfAFastLossyPath() {
        var buffer = ReceiveBuffer()
        let segment = [UInt8](repeating: 1, count: 1100)
        for index in 0..<3000 {
            segment.withUnsafeBytes { buffer.insert($0, at: UInt64(2 * index + 1) * 1100) }
            #expect(buffer.gapsAreWorthIt)
        }
        #expect(buffer.gapCount == 3000)
    }

    @Test func endsAHandshakeInCrumbs() throws {
        let network = try SimulatedNetwork(seed: 307, server: ServerConfiguration(tls: TestTLS.server()))
        try network.connect()
        network.run(seconds: 1) { !network.server.connections.isEmpty }
        let victim = try #require(network.server.connection)
        var offset = UInt64(16_000)
        while !victim.isClosed, offset < 32_000 {
            var payload: [UInt8] = []
            while payload.count < 900 {
                payload += [0x06]
                payload.appendVariableLength(offset)
                payload += [1, 0xAA]
                offset += 2
            }
            network.hit(payload, from: network.client, .initial)
        }
        #expect(victim.space(.initial).cryptoReceive.gapCount <= Limits.gapsMin + 64)
        #expect(violation(victim) == .cryptoBufferExceeded)
    }

    @Test func holdsNoMoreOfAHelloThanTLSTakes() throws {
        let network = try SimulatedNetwork(seed: 308, server: ServerConfiguration(tls: TestTLS.server()))
        try network.connect()
        network.run(seconds: 1) { !network.server.connections.isEmpty }
        let victim = try #require(network.server.connection)
        var payload: [UInt8] = [0x06]
        payload.appendVariableLength(victim.space(.initial).cryptoReceive.readOffset + 32_768)
        network.hit(payload + [1, 0xAA], from: network.client, .initial)
        #expect(violation(victim) == .cryptoBufferExceeded)
    }

    @Test func queuesAStreamOnceHoweverOftenItsLimitMoves() throws {
        let (network, victim) = try established(309) { _, client in
            client.transport.connectionReceiveWindow = 4000
            client.transport.connectionReceiveWindowMaximum = 4000
            client.transport.streamReceiveWindow = 4000
            client.transport.streamReceiveWindowMaximum = 4000
        }
        let id = try #require(try victim.openStream(.unidirectional))
        _ = try victim.write(id, [UInt8](repeating: 7, count: 50_000))
        network.run(seconds: 1)
        for step in 0..<50 {
            network.hit([0x11, UInt8(id.rawValue), 0x60 + UInt8(step / 8), UInt8(step)], from: network.client)
            _ = drain(victim, network, to: network.client.address)
        }
        #expect(victim.streams[id]?.send?.limit ?? 0 > 8000)
        #expect(victim.streams.waitingForLimit.count == 1)
        #expect(!victim.isClosed)
    }

    @Test func endsAPeerWhoseKeyUpdatesAreNotAnswered() throws {
        let (network, victim) = try established(310)
        let attacker = try #require(network.client.connection)
        for _ in 0..<2 {
            attacker.isPhaseAcknowledged = true
            attacker.previousReceiveKeys = nil
            try attacker.updateKeys()
            network.hit([1], from: network.client)
        }
        #expect(violation(victim) == .keyUpdateError)
        #expect(victim.counters.keyUpdates == 1)
    }

    @Test func endsAPeerThatUpdatesKeysAllTheTime() throws {
        let (network, victim) = try established(311)
        let attacker = try #require(network.client.connection)
        for _ in 0..<40 where !victim.isClosed {
            attacker.isPhaseAcknowledged = true
            attacker.previousReceiveKeys = nil
            try attacker.updateKeys()
            network.hit([1], from: network.client)
            victim.ping()
            _ = drain(victim, network, to: network.client.address)
        }
        #expect(violation(victim) == .keyUpdateError)
        #expect(victim.counters.keyUpdates == UInt64(Limits.hastyKeyUpdatesMax) + 1)
    }
}
