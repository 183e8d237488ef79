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
}
