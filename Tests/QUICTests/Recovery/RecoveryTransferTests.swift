import Canonical
import Foundation
import TLS
import Testing

@testable import QUIC

/// Recovery in whole connections over the simulated network.
@Suite struct RecoveryTransferTests {
    /// A transfer from the client to the server.
    func transfer(
        seed: UInt64, bytes: Int, conditions: NetworkConditions = NetworkConditions(), seconds: UInt64 = 60,
        _ change: (inout TransportConfiguration) -> Void
    ) throws -> SimulatedNetwork {
        var server = ServerConfiguration(tls: TestTLS.server())
        change(&server.transport)
        let network = try SimulatedNetwork(seed: seed, conditions: conditions, server: server)
        var client = ClientConfiguration(tls: TestTLS.client())
        change(&client.transport)
        try network.connect(client)
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
        let id = try #require(try connection.openStream(.unidirectional))
        try sender.start(connection, id, total: bytes)
        #expect(network.run(seconds: seconds) { receiver.finished.contains(id) || network.failure != nil })
        #expect(network.failure == nil)
        #expect(receiver.total == bytes)
        #expect(receiver.mismatches == 0)
        return network
    }

    @Test(arguments: CongestionAlgorithm.allCases)
    func `moves bytes whole under every controller, with loss and reordering`(algorithm: CongestionAlgorithm) throws {
        var conditions = NetworkConditions()
        conditions.loss = 20
        conditions.reordering = 20
        let network = try transfer(seed: 90, bytes: 1_000_000, conditions: conditions) {
            $0.congestionControl = algorithm
        }
        let statistics = try #require(network.client.connection).statistics
        #expect(statistics.congestionControl == algorithm)
        #expect(statistics.packetsLost > 0)
    }

    @Test(arguments: CongestionAlgorithm.allCases)
    func `goes on looking for a path's MTU after there is nothing to send`(algorithm: CongestionAlgorithm) throws {
        var conditions = NetworkConditions()
        conditions.corruption = 20
        conditions.mtu = 1280
        let network = try transfer(seed: 5, bytes: 50_000, conditions: conditions) {
            $0.congestionControl = algorithm
        }
        let connection = try #require(network.client.connection)
        #expect(connection.statistics.udpPayload == 1200)
        #expect(network.run(seconds: 10) { connection.statistics.udpPayload > 1250 })
        #expect(connection.statistics.udpPayload <= 1280)
        #expect(connection.statistics.blackHolesDetected == 0)
    }

    @Test func `takes a reduction back when packets had only come late`() throws {
        var conditions = NetworkConditions()
        conditions.reordering = 10
        let network = try transfer(seed: 91, bytes: 3_000_000, conditions: conditions) { $0.congestionControl = .cubic }
        let connection = try #require(network.client.connection)
        #expect(connection.statistics.packetsLostSpuriously > 0)
        #expect(connection.statistics.congestionEventsUndone > 0)
        #expect(connection.path.packetThreshold > 3)
    }

    @Test func `refuses a request for acknowledgements faster than it allows`() throws {
        let network = try SimulatedNetwork(seed: 93, server: ServerConfiguration(tls: TestTLS.server()))
        try #require(try network.establish())
        let server = try #require(network.server.connection)
        #expect(throws: QUICError.self) {
            try server.handle(
                AcknowledgementFrequencyFrame(sequence: 0, threshold: 3, delayMicroseconds: 999, reordering: 1))
        }
    }

    @Test func `records qlog that is a sequence of JSON texts`() throws {
        let network = try transfer(seed: 94, bytes: 200_000) { $0.recordsQlog = true }
        for connection in [network.client.connection, network.server.connection] {
            let bytes = try #require(connection).takeQlog()
            let records = bytes.split(separator: 0x1E)
            var names: Set<String> = []
            for (index, record) in records.enumerated() {
                #expect(record.last == 0x0A)
                let object = try #require(
                    try JSONSerialization.jsonObject(with: Data(record)) as? [String: Any])
                if index == 0 {
                    #expect(object["file_schema"] as? String == "urn:ietf:params:qlog:file:sequential")
                    continue
                }
                #expect(object["time"] is Double || object["time"] is Int)
                names.insert(try #require(object["name"] as? String))
            }
            #expect(
                names.isSuperset(of: [
                    "quic:packet_sent", "quic:packet_received", "quic:recovery_metrics_updated",
                    "quic:congestion_state_updated",
                ]))
            #expect(try #require(connection).takeQlog().isEmpty)
        }
    }

    @Test func `keeps no records unless asked, and bounds those that nobody takes`() throws {
        let network = try transfer(seed: 95, bytes: 10_000) { _ in }
        #expect(try #require(network.client.connection).takeQlog().isEmpty)
        let trace = QlogTrace(role: .client, group: ConnectionID(), now: 0)
        for index in 0..<40_000 { trace.mtuUpdated(index, now: UInt64(index)) }
        let size = trace.takeBytes().count
        #expect(size >= Limits.qlogBytesMax && size < Limits.qlogBytesMax + 1000)
        trace.mtuUpdated(1, now: 50_000)
        #expect(String(decoding: trace.takeBytes(), as: UTF8.self).contains("records_dropped"))
    }
}
