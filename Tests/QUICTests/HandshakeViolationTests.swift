import Canonical
import TLS
import Testing

@testable import QUIC

/// The closes that h3spec's list demands of a server during the handshake, beside those of `ViolationTests` and of
/// TLS's own tests.
@Suite struct `A server closes when the client's handshake` {
    static let tokenOfSixteenZeros = StatelessResetToken(high: 0, low: 0)

    struct Change: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var apply: @Sendable (inout TransportParameters) -> Void
    }

    static let changes = [
        Change(testDescription: "initial_source_connection_id is missing") { $0.initialSourceConnectionID = nil },
        Change(testDescription: "initial_source_connection_id is another") {
            $0.initialSourceConnectionID = ConnectionID([1, 2, 3, 4])
        },
        Change(testDescription: "original_destination_connection_id") {
            $0.originalDestinationConnectionID = ConnectionID([1, 2, 3, 4])
        },
        Change(testDescription: "retry_source_connection_id") { $0.retrySourceConnectionID = ConnectionID([1, 2]) },
        Change(testDescription: "preferred_address") {
            $0.preferredAddress = PreferredAddress(
                address: .loopback(port: 1), connectionID: ConnectionID([1]) ?? ConnectionID(),
                resetToken: tokenOfSixteenZeros)
        },
        Change(testDescription: "stateless_reset_token") { $0.statelessResetToken = tokenOfSixteenZeros },
        Change(testDescription: "max_udp_payload_size below 1200") { $0.maxUDPPayloadSize = 1090 },
        Change(testDescription: "ack_delay_exponent above 20") { $0.acknowledgementDelayExponent = 21 },
        Change(testDescription: "max_ack_delay of 2^14") { $0.maxAcknowledgementDelayMilliseconds = 1 << 14 },
        Change(testDescription: "active_connection_id_limit below 2") { $0.activeConnectionIDLimit = 1 },
        Change(testDescription: "more than 2^60 streams") { $0.initialMaxStreamsBidirectional = 1 << 60 + 1 },
    ]

    @Test(arguments: changes)
    func `has a forbidden transport parameter`(change: Change) throws {
        let network = try SimulatedNetwork(seed: 800, server: ServerConfiguration(tls: TestTLS.server()))
        let connection = try network.connect()
        var parameters = connection.ownParameters
        change.apply(&parameters)
        var tls = TestTLS.client()
        tls.serverName = "test.example"
        tls.quicTransportParameters = parameters.encoded()
        connection.tls = try Handshake(role: .client, configuration: tls, random: SplitMix64(seed: 5))
        connection.space(.initial).cryptoSend = SendBuffer()
        try connection.start()
        network.run(seconds: 2)
        guard case .violation(let code, let reason) = network.server.closeReason else {
            Issue.record("not closed: \(String(describing: network.server.closeReason))")
            return
        }
        #expect(code == .transportParameterError, "\(reason)")
        guard case .peer(8, false, _) = network.client.closeReason else {
            Issue.record("the client was not told: \(String(describing: network.client.closeReason))")
            return
        }
    }

    struct Message: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var payload: String
        var code: TransportErrorCode
        var mask: UInt8 = 0
    }

    static let unexpected = TransportErrorCode.crypto(alert: AlertDescription.unexpectedMessage.rawValue)

    static let messages = [
        Message(testDescription: "KeyUpdate", payload: "0600051800000100", code: unexpected),
        Message(testDescription: "EndOfEarlyData", payload: "06000405000000", code: unexpected),
        Message(testDescription: "PATH_CHALLENGE", payload: "1a0011223344556677", code: .protocolViolation),
        Message(testDescription: "NEW_TOKEN", payload: "070100", code: .protocolViolation),
        Message(testDescription: "application close", payload: "1d000000", code: .protocolViolation),
        Message(testDescription: "reserved bits", payload: "01", code: .protocolViolation, mask: 0x0C),
    ]

    @Test(arguments: messages)
    func `has what its packets may not carry`(message: Message) throws {
        let network = try SimulatedNetwork(seed: 801, server: ServerConfiguration(tls: TestTLS.server()))
        try network.connect()
        network.run(seconds: 5) { network.client.connection?.space(.handshake).sendKeys != nil }
        network.flights.removeAll { $0.toServer }
        network.inject(hex(message.payload), from: network.client, .handshake, firstByteMask: message.mask)
        network.run(seconds: 1)
        guard case .violation(let code, _) = network.server.closeReason else {
            Issue.record("not closed: \(String(describing: network.server.closeReason))")
            return
        }
        #expect(code == message.code)
    }

    @Test(arguments: ["0600051800000100", "06000405000000", "06000401000000"])
    func `goes on after it is over`(payload: String) throws {
        let network = try SimulatedNetwork(seed: 802, server: ServerConfiguration(tls: TestTLS.server()))
        try #require(try network.establish())
        network.run(seconds: 1)
        network.inject(hex(payload), from: network.client)
        network.run(seconds: 1)
        guard case .violation(let code, _) = network.server.closeReason else {
            Issue.record("not closed: \(String(describing: network.server.closeReason))")
            return
        }
        #expect(code == Self.unexpected)
    }

    @Test func `grants early data of another size than QUIC's`() throws {
        let network = try SimulatedNetwork(seed: 803, server: ServerConfiguration(tls: TestTLS.server()))
        var configuration = ClientConfiguration(tls: TestTLS.client())
        configuration.tls.acceptsTickets = true
        try network.connect(configuration)
        try #require(try network.establish())
        network.run(seconds: 1)
        // NewSessionTicket with max_early_data_size 16.
        let ticket = hex("0400001a" + "00001000" + "00000000" + "0101" + "00040a0b0c0d" + "0008002a000400000010")
        network.inject([0x06, 0x00, UInt8(ticket.count)] + ticket, from: network.server)
        network.run(seconds: 1)
        guard case .violation(.protocolViolation, _) = network.client.closeReason else {
            Issue.record("not closed: \(String(describing: network.client.closeReason))")
            return
        }
    }
}
