import Testing

@testable import QUIC

@Suite struct ExtensionTests {
    static let known = TransportExtension(parameter: 0x48_4D01, value: [7, 8], frameTypes: [0x48_4D10, 0x48_4D11])
    static let other = TransportExtension(parameter: 0x48_4D02, value: [], frameTypes: [0x48_4D20])

    /// A network whose ends offer these extensions.
    private func network(
        seed: UInt64, client: [TransportExtension], server: [TransportExtension], loss: UInt64 = 0
    ) throws -> SimulatedNetwork {
        var conditions = NetworkConditions()
        conditions.loss = loss
        var serving = ServerConfiguration(tls: TestTLS.server())
        serving.transport.extensions = server
        let network = try SimulatedNetwork(seed: seed, conditions: conditions, server: serving)
        var asking = ClientConfiguration(tls: TestTLS.client())
        asking.transport.extensions = client
        try network.connect(asking)
        #expect(network.run(seconds: 20) { network.server.connection?.isEstablished == true })
        network.run(seconds: 2)
        return network
    }

    @Test func `an extension holds when both ends offer it`() throws {
        let network = try network(seed: 900, client: [Self.known, Self.other], server: [Self.known])
        let client = try #require(network.client.connection)
        let server = try #require(network.server.connection)
        #expect(client.peerExtensions == [0x48_4D01: [7, 8]])
        #expect(server.peerExtensions == [0x48_4D01: [7, 8]])
        try client.sendExtensionFrame(type: 0x48_4D10, payload: [1, 2, 3])
        try server.sendExtensionFrame(type: 0x48_4D11, payload: [])
        network.run(seconds: 1)
        #expect(network.server.events.contains(.extensionFrame(type: 0x48_4D10, payload: [1, 2, 3])))
        #expect(network.client.events.contains(.extensionFrame(type: 0x48_4D11, payload: [])))
    }

    @Test func `an end that knows no extensions ignores the offer, and is sent no frame`() throws {
        let network = try network(seed: 901, client: [Self.known], server: [])
        let client = try #require(network.client.connection)
        #expect(client.isEstablished && client.peerExtensions.isEmpty)
        #expect(throws: QUICError.extensionNotNegotiated(frameType: 0x48_4D10)) {
            try client.sendExtensionFrame(type: 0x48_4D10, payload: [1])
        }
    }

    @Test func `a frame of an extension that was not agreed on ends the connection`() throws {
        let network = try network(seed: 902, client: [], server: [Self.known])
        network.inject([0x80, 0x48, 0x4D, 0x10, 0x01, 0xFF], from: network.client)
        network.run(seconds: 1)
        guard case .violation(let code, _) = network.server.closeReason else {
            Issue.record("not closed for a violation: \(String(describing: network.server.closeReason))")
            return
        }
        #expect(code == .frameEncodingError)
    }

    @Test func `lost frames are sent again`() throws {
        let network = try network(seed: 903, client: [Self.known], server: [Self.known], loss: 200)
        let client = try #require(network.client.connection)
        for number in 0..<100 { try client.sendExtensionFrame(type: 0x48_4D10, payload: [UInt8(number)]) }
        network.run(seconds: 60) { Set(numbers(network.server)).count == 100 }
        #expect(Set(numbers(network.server)) == Set(0..<100))
        network.run(seconds: 30) { client.extensions.count == 0 }
        #expect(client.extensions.count == 0 && !client.extensions.hasQueued)
    }

    private func numbers(_ host: SimulatedHost) -> [UInt8] {
        host.events.compactMap { event in
            if case .extensionFrame(_, let payload) = event { payload.first } else { nil }
        }
    }

    @Test func `what is on its way is bounded`() throws {
        let network = try network(seed: 904, client: [Self.known], server: [Self.known])
        let client = try #require(network.client.connection)
        #expect(throws: QUICError.self) {
            try client.sendExtensionFrame(
                type: 0x48_4D10, payload: [UInt8](repeating: 0, count: TransportExtension.payloadBytesMax + 1))
        }
        for _ in 0..<Limits.extensionFramesInFlightMax {
            try client.sendExtensionFrame(type: 0x48_4D10, payload: [1])
        }
        #expect(throws: QUICError.self) { try client.sendExtensionFrame(type: 0x48_4D10, payload: [1]) }
        network.run(seconds: 2)
        try client.sendExtensionFrame(type: 0x48_4D10, payload: [1])
    }

    @Test func `numbers outside the block, shared or repeated are refused`() {
        for extensions in [
            [TransportExtension(parameter: 0x20)],
            [TransportExtension(parameter: 0x48_4D01, frameTypes: [0x06])],
            [Self.known, Self.known],
            [Self.known, TransportExtension(parameter: 0x48_4D02, frameTypes: [0x48_4D10])],
            [TransportExtension(parameter: 0x48_4D01, value: [UInt8](repeating: 0, count: 257))],
        ] {
            var configuration = TransportConfiguration()
            configuration.extensions = extensions
            #expect(throws: QUICError.self) { try configuration.validate() }
        }
    }

    @Test func `parameters of extensions come back as they went, and a reserved one is ignored`() throws {
        var parameters = TransportParameters()
        parameters.extensions = [0x48_4D01: [1, 2, 3], 0x48_4D05: []]
        var greased = parameters
        greased.reserved = 0xFEDC_BA98_7654_3210
        #expect(greased.encoded().count > parameters.encoded().count)
        #expect(try TransportParameters(greased.encoded(), from: .client) == parameters)
    }
}
