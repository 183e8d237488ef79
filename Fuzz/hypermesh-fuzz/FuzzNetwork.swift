import Canonical
import Crypto
import TLS

@testable import QUIC

/// The simulated network of the unit tests, with an application at both ends that reads and answers.
enum FuzzNetwork {
    private static let serverTLS: TLSConfiguration = {
        var tls = TestTLS.server()
        tls.groups = [.x25519]
        return tls
    }()

    private static let clientTLS: TLSConfiguration = {
        var tls = TestTLS.client()
        tls.groups = [.x25519]
        return tls
    }()

    /// Two ends whose windows are small, so that their limits are soon met.
    static func make() throws -> SimulatedNetwork {
        var server = ServerConfiguration(tls: serverTLS)
        var client = ClientConfiguration(tls: clientTLS)
        adjust(&server.transport)
        adjust(&client.transport)
        let network = try SimulatedNetwork(seed: 1, server: server, isQuiet: true)
        network.server.onEvent = react
        network.client.onEvent = react
        try network.connect(client)
        return network
    }

    private static func adjust(_ transport: inout TransportConfiguration) {
        transport.streamReceiveWindow = 8192
        transport.streamReceiveWindowMaximum = 65_536
        transport.connectionReceiveWindow = 16_384
        transport.connectionReceiveWindowMaximum = 65_536
        transport.bidirectionalStreamsMaximum = 4
        transport.unidirectionalStreamsMaximum = 4
        transport.streamSendBuffer = 32_768
    }

    /// Reads what can be read, and echoes a little of it.
    private static func react(_ connection: Connection, _ event: ConnectionEvent) {
        switch event {
        case .streamReadable(let id):
            guard let (bytes, _) = try? connection.read(id, maximum: 4096) else { return }
            _ = try? connection.write(id, Array(bytes.prefix(64)), finish: bytes.count > 32)
        case .datagramReceived(let payload): try? connection.sendDatagram(payload)
        default: break
        }
    }

    /// What must hold whatever was received.
    static func check(_ network: SimulatedNetwork) {
        for connection in network.client.connections + network.server.connections {
            precondition(connection.path.bytesInFlight >= 0, "bytes in flight below zero")
            precondition(connection.pathResponses.count <= Limits.pathResponsesMax)
            precondition(connection.undecryptableBytes <= Limits.undecryptableBytesMax)
            precondition(connection.datagramEventCount <= Limits.datagramEventsMax)
            precondition(connection.dataSpace.received.count <= Limits.receivedRangesMax)
            precondition(connection.streams.count <= 8 + 16)
        }
        precondition(network.server.endpoint.registry.unfinishedHandshakes >= 0)
    }
}
