import Canonical
import TLS
import Testing

@testable import QUIC

/// The closes that RFC 9000 and RFC 9001 demand of an endpoint whose peer breaks the rules.
@Suite struct ViolationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var payload: String
        var code: TransportErrorCode
        var fromServer = false
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "frame type longer than needed", payload: "4001", code: .protocolViolation),
        Case(name: "unknown frame type", payload: "5fff0000", code: .frameEncodingError),
        Case(name: "frame cut short", payload: "060041", code: .frameEncodingError),
        Case(name: "ACK of a packet never sent", payload: "027fff000000", code: .protocolViolation),
        Case(name: "ACK below packet number zero", payload: "0201000005", code: .frameEncodingError),
        Case(name: "HANDSHAKE_DONE from a client", payload: "1e000000", code: .protocolViolation),
        Case(name: "NEW_TOKEN from a client", payload: "070100", code: .protocolViolation),
        Case(name: "empty NEW_TOKEN", payload: "0700", code: .frameEncodingError, fromServer: true),
        Case(name: "stream number beyond MAX_STREAMS", payload: "0a7ffc0100", code: .streamLimitError),
        Case(name: "data on our unidirectional stream", payload: "0a030100", code: .streamStateError),
        Case(name: "data on our unopened stream", payload: "0a010100", code: .streamStateError),
        Case(name: "MAX_STREAM_DATA on a receive-only stream", payload: "110205", code: .streamStateError),
        Case(name: "STOP_SENDING on a receive-only stream", payload: "050205", code: .streamStateError),
        Case(name: "RESET_STREAM on a send-only stream", payload: "04030000", code: .streamStateError),
        Case(name: "STREAM_DATA_BLOCKED on a send-only stream", payload: "150300", code: .streamStateError),
        Case(name: "stream data beyond its limit", payload: "0e00bfffffff0100", code: .flowControlError),
        Case(name: "final size changed", payload: "0b000200000b00010000", code: .finalSizeError),
        Case(name: "data beyond the final size", payload: "0b000200000e000501aa", code: .finalSizeError),
        Case(name: "reset below data received", payload: "0a0002000004000000", code: .finalSizeError),
        Case(name: "stream offset beyond 2^62", payload: "0e00ffffffffffffffff0100", code: .frameEncodingError),
        Case(name: "MAX_STREAMS beyond 2^60", payload: "12d000000000000001", code: .frameEncodingError),
        Case(name: "STREAMS_BLOCKED beyond 2^60", payload: "16d000000000000001", code: .frameEncodingError),
        Case(name: "RETIRE_CONNECTION_ID never issued", payload: "194fff", code: .protocolViolation),
        Case(
            name: "NEW_CONNECTION_ID of no bytes",
            payload: "18090000" + "00112233445566778899aabbccddeeff", code: .frameEncodingError),
        Case(
            name: "NEW_CONNECTION_ID retiring later ones",
            payload: "180209" + "0401020304" + "00112233445566778899aabbccddeeff", code: .frameEncodingError),
        Case(name: "CRYPTO beyond the buffer", payload: "0680ffffff0100", code: .cryptoBufferExceeded),
        Case(name: "no frames", payload: "", code: .protocolViolation),
    ]

    @Test(arguments: cases)
    func closesWithTheRightCode(_ test: Case) throws {
        let network = try SimulatedNetwork(seed: 50, server: ServerConfiguration(tls: TestTLS.server()))
        try #require(try network.establish())
        network.run(seconds: 1)
        let sender = test.fromServer ? network.server : network.client
        let victim = test.fromServer ? network.client : network.server
        network.inject(hex(test.payload), from: sender)
        network.run(seconds: 1)
        guard case .violation(let code, let reason) = victim.closeReason else {
            Issue.record("not closed: \(String(describing: victim.closeReason))")
            return
        }
        #expect(code == test.code, "\(reason)")
        guard case .peer(let told, false, _) = sender.closeReason else {
            Issue.record("the peer was not told: \(String(describing: sender.closeReason))")
            return
        }
        #expect(told == code.rawValue)
    }

    @Test func closesForReservedBits() throws {
        let network = try SimulatedNetwork(seed: 51, server: ServerConfiguration(tls: TestTLS.server()))
        try #require(try network.establish())
        network.run(seconds: 1)
        network.inject([1], from: network.client, firstByteMask: 0x18)
        network.run(seconds: 1)
        #expect(network.server.closeReason == .violation(.protocolViolation, reason: "reserved header bits are set"))
    }

    @Test func closesForTooManyConnectionIDs() throws {
        let network = try SimulatedNetwork(seed: 52, server: ServerConfiguration(tls: TestTLS.server()))
        try #require(try network.establish())
        network.run(seconds: 1)
        for sequence in UInt8(20)..<30 {
            network.inject(
                [0x18, sequence, 0, 4, sequence, 2, 3, 4] + [UInt8](repeating: sequence, count: 16),
                from: network.client)
        }
        network.run(seconds: 1)
        guard case .violation(.connectionIDLimitError, _) = network.server.closeReason else {
            Issue.record("\(String(describing: network.server.closeReason))")
            return
        }
    }

    @Test func closesForStreamFramesInHandshakePackets() throws {
        let network = try SimulatedNetwork(seed: 53, server: ServerConfiguration(tls: TestTLS.server()))
        try network.connect()
        network.run(seconds: 5) { network.client.connection?.space(.handshake).sendKeys != nil }
        network.flights.removeAll { $0.toServer }
        network.inject(hex("0a000100"), from: network.client, .handshake)
        network.run(seconds: 1)
        guard case .violation(.protocolViolation, _) = network.server.closeReason else {
            Issue.record("\(String(describing: network.server.closeReason))")
            return
        }
    }

    @Test func tellsTheClientWhichAlertEndedTheHandshake() throws {
        var server = ServerConfiguration(tls: TestTLS.server())
        server.tls.applicationProtocols = [Array("other".utf8)]
        let network = try SimulatedNetwork(seed: 54, server: server)
        try network.connect()
        network.run(seconds: 5)
        guard case .violation(let code, _) = network.server.closeReason else {
            Issue.record("\(String(describing: network.server.closeReason))")
            return
        }
        #expect(code == .crypto(alert: 120))
        guard case .peer(0x178, false, _) = network.client.closeReason else {
            Issue.record("\(String(describing: network.client.closeReason))")
            return
        }
    }

    @Test func neverTrapsOnRandomFramesUnderValidKeys() throws {
        for seed in UInt64(1000)..<1150 {
            let network = try SimulatedNetwork(seed: seed, server: ServerConfiguration(tls: TestTLS.server()))
            try #require(try network.establish())
            for _ in 0..<30 {
                var payload = network.random.bytes(1 + Int(network.random.next() % 60))
                payload[0] = UInt8(network.random.next() % 0x32)
                if payload.count > 3 { payload[1] &= 0x47 }
                network.inject(payload, from: network.random.next() % 2 == 0 ? network.client : network.server)
                network.run(seconds: 1)
            }
        }
    }

    @Test func neverTrapsOnRandomDatagrams() throws {
        let network = try SimulatedNetwork(seed: 55, server: ServerConfiguration(tls: TestTLS.server()))
        var configuration = ClientConfiguration(tls: TestTLS.client())
        configuration.transport.keepAliveIntervalNanoseconds = 5_000_000_000
        try network.connect(configuration)
        try #require(try network.establish())
        network.run(seconds: 1)
        let ids = [network.client, network.server].compactMap { $0.connection?.localIDs.active.first?.id.bytes }
        for index in 0..<20_000 {
            var bytes = network.random.bytes(Int(network.random.next() % 1400))
            if index % 2 == 0, bytes.count > 20 {
                if index % 4 == 0 {
                    bytes.replaceSubrange(1..<6, with: [0, 0, 0, 1, 8])
                    bytes.replaceSubrange(6..<14, with: ids[index / 4 % 2])
                } else {
                    bytes[0] &= 0x7F
                    bytes.replaceSubrange(1..<9, with: ids[index / 4 % 2])
                }
            }
            network.send(
                bytes, toServer: index % 3 == 0, from: index % 3 == 0 ? network.client.address : network.server.address,
                to: index % 3 == 0 ? network.server.address : network.client.address, ecn: .notCapable)
            if index % 100 == 0 { network.run(seconds: 1) }
        }
        network.run(seconds: 1)
        #expect(network.client.connection?.isEstablished == true)
        #expect(network.server.connection?.isEstablished == true)
    }
}
