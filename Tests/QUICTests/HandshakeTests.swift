import Canonical
import TLS
import Testing

@testable import QUIC

@Suite struct HandshakeTests {
    @Test func completesWithAHybridClientHelloOverTwoInitials() throws {
        let network = try SimulatedNetwork(seed: 1, server: ServerConfiguration(tls: TestTLS.server()))
        let connection = try network.connect()
        #expect(try network.establish())
        #expect(connection.isEstablished)
        #expect(network.server.connection?.isEstablished == true)
        #expect(connection.applicationProtocol == Array("test".utf8))
        #expect(connection.peerCertificateChain.count == 1)
        #expect(network.client.events.contains { if case .tokenReceived = $0 { true } else { false } })
    }

    @Test func `a client does not wait for ever for a server that never got its Finished`() throws {
        var configuration = ClientConfiguration(tls: TestTLS.client())
        configuration.transport.handshakeTimeoutNanoseconds = 3_000_000_000
        configuration.transport.idleTimeoutNanoseconds = 0
        var server = ServerConfiguration(tls: TestTLS.server())
        server.transport.idleTimeoutNanoseconds = 0
        let network = try SimulatedNetwork(seed: 3, server: server)
        let connection = try network.connect(configuration)
        network.conditions.drops = { _, toServer, _ in toServer && connection.isEstablished }
        #expect(network.run(seconds: 2) { connection.isEstablished })
        network.run(seconds: 4)
        #expect(!connection.isHandshakeConfirmed)
        #expect(network.client.closeReason == .handshakeTimeout)
    }
}
