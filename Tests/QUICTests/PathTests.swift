import Canonical
import TLS
import Testing

@testable import QUIC

@Suite struct `Addresses and connection IDs` {
    let preferred = SocketAddressKey.loopback(port: 7777)

    @Test(arguments: [true, false])
    func `move to the address that the server prefers, or stay`(isReachable: Bool) throws {
        var server = ServerConfiguration(tls: TestTLS.server())
        server.preferredAddress = preferred
        let network = try SimulatedNetwork(seed: 600, server: server)
        let old = network.server.address
        try network.connect()
        #expect(try network.establish())
        let connection = try #require(network.client.connection)
        #expect(connection.peerParameters?.preferredAddress?.address == preferred)
        if isReachable { network.server.address = preferred }
        network.run(seconds: 10)
        network.server.address = isReachable ? preferred : old
        #expect(connection.remoteAddress == (isReachable ? preferred : old))
        #expect(network.client.events.contains(.pathChanged(preferred)) == isReachable)
        let id = try #require(try connection.openStream(.unidirectional))
        _ = try connection.write(id, [UInt8](repeating: 1, count: 20_000), finish: true)
        #expect(network.run(seconds: 5) { network.client.events.contains(.streamDelivered(id)) })
    }

    @Test func `send little to a preferred address that has not answered`() throws {
        var server = ServerConfiguration(tls: TestTLS.server())
        server.preferredAddress = preferred
        let network = try SimulatedNetwork(seed: 601, server: server)
        let connection = try network.connect()
        #expect(try network.establish())
        let before = network.client.sentBytes
        let id = try #require(try connection.openStream(.unidirectional))
        _ = try connection.write(id, [UInt8](repeating: 1, count: 200_000), finish: true)
        network.run(seconds: 1)
        #expect(connection.remoteAddress == preferred)
        #expect(network.client.sentBytes - before <= 3 * 1200)
    }

    @Test func `stay when the client does not follow`() throws {
        var server = ServerConfiguration(tls: TestTLS.server())
        server.preferredAddress = preferred
        let network = try SimulatedNetwork(seed: 602, server: server)
        var configuration = ClientConfiguration(tls: TestTLS.client())
        configuration.transport.followsPreferredAddress = false
        let connection = try network.connect(configuration)
        #expect(try network.establish())
        network.run(seconds: 2)
        #expect(connection.remoteAddress == network.server.address)
    }

    @Test func `change on both sides when asked, again and again`() throws {
        let network = try SimulatedNetwork(seed: 603, server: ServerConfiguration(tls: TestTLS.server()))
        #expect(try network.establish())
        network.run(seconds: 1)
        let ends = [network.client, network.server].compactMap(\.connection)
        for round in 0..<40 {
            let end = ends[round % 2]
            let peer = ends[1 - round % 2]
            let old = (end.remoteIDs.current.id, peer.remoteIDs.current.id)
            try end.rotateConnectionIDs()
            end.ping()
            network.run(seconds: 1)
            #expect(end.remoteIDs.current.id != old.0)
            #expect(peer.remoteIDs.current.id != old.1)
            #expect(ends.allSatisfy { $0.isEstablished && $0.localIDs.active.count == 8 })
        }
    }

    @Test func `change only after the last change is done`() throws {
        let network = try SimulatedNetwork(seed: 604, server: ServerConfiguration(tls: TestTLS.server()))
        let connection = try network.connect()
        #expect(throws: QUICError.self) { try connection.rotateConnectionIDs() }
        #expect(try network.establish())
        network.run(seconds: 1)
        try connection.rotateConnectionIDs()
        #expect(throws: QUICError.self) { try connection.rotateConnectionIDs() }
    }

    @Test func `prove themselves to every endpoint that shares the key`() throws {
        let key = [UInt8](repeating: 5, count: 32)
        var server = ServerConfiguration(tls: TestTLS.server())
        server.unfinishedHandshakesBeforeRetry = 0
        let network = try SimulatedNetwork(seed: 605, server: server) {
            $0.tokenKey = key
            $0.unixTimeOffsetNanoseconds = 1_000_000_000_000_000
        }
        let first = try network.connect()
        #expect(try network.establish())
        #expect(first.retrySource != nil)
        network.run(seconds: 1)
        var token: [UInt8] = []
        for case .tokenReceived(let bytes) in network.client.events { token = bytes }
        // Another endpoint, whose clock began elsewhere.
        var configuration = EndpointConfiguration(server: server)
        configuration.tokenKey = key
        configuration.unixTimeOffsetNanoseconds = 1_000_000_000_000_000 + 3_600_000_000_000
        network.server.endpoint = try Endpoint(configuration: configuration, random: SplitMix64(seed: 8))
        network.server.connections = []
        var own = ClientConfiguration(tls: TestTLS.client())
        own.token = token
        let second = try network.connect(own)
        #expect(network.run(seconds: 5) { second.isEstablished })
        #expect(second.retrySource == nil)
        // A day later the token has had its time.
        configuration.unixTimeOffsetNanoseconds += 90_000_000_000_000
        network.server.endpoint = try Endpoint(configuration: configuration, random: SplitMix64(seed: 9))
        network.server.connections = []
        let third = try network.connect(own)
        #expect(network.run(seconds: 5) { third.isEstablished })
        #expect(third.retrySource != nil)
    }

    @Test func `leave the fixed bit to chance once both ends allow it`() throws {
        let network = try SimulatedNetwork(seed: 606, server: ServerConfiguration(tls: TestTLS.server()))
        #expect(try network.establish())
        var bits: [Bool: [UInt8: Int]] = [:]
        network.conditions.drops = { _, toServer, bytes in
            bits[toServer, default: [:]][bytes[0] & 0x40, default: 0] += 1
            return false
        }
        for _ in 0..<100 {
            network.client.connection?.ping()
            network.server.connection?.ping()
            network.run(seconds: 1)
        }
        #expect(bits.values.allSatisfy { $0[0] ?? 0 > 20 && $0[0x40] ?? 0 > 20 })
        #expect(network.client.connection?.isEstablished == true)
    }
}

@Suite struct `A handshake of two FALCON chains` {
    /// A leaf and an intermediate certificate with FALCON-1024 keys and signatures have some 6.5 kB, CertificateVerify
    /// has 1.3 kB.
    static let chainByteCount = 8000

    private func network(paddingDatagrams: Int, roundTrip: UInt64 = 100_000_000) throws -> (
        SimulatedNetwork, Connection
    ) {
        var tls = TestTLS.server(padding: Self.chainByteCount)
        tls.clientAuthentication = .required
        tls.verifier = TestVerifier()
        var conditions = NetworkConditions()
        conditions.delayNanoseconds = roundTrip / 2
        let network = try SimulatedNetwork(seed: 700, conditions: conditions, server: ServerConfiguration(tls: tls))
        var client = ClientConfiguration(tls: TestTLS.client())
        client.tls.signer = TestSigner(padding: Self.chainByteCount)
        client.transport.firstFlightPaddingDatagrams = paddingDatagrams
        return (network, try network.connect(client))
    }

    /// Round trips until an end is done with the handshake.
    private func roundTrips(paddingDatagrams: Int) throws -> (client: Double, server: Double) {
        let (network, connection) = try network(paddingDatagrams: paddingDatagrams)
        let start = network.now
        var times: (client: UInt64?, server: UInt64?)
        let isDone = network.run(seconds: 10) {
            if times.client == nil, connection.isHandshakeComplete { times.client = network.now - start }
            if times.server == nil, network.server.connection?.isHandshakeComplete == true {
                times.server = network.now - start
            }
            return times.client != nil && times.server != nil
        }
        #expect(isDone)
        return (Double(times.client ?? 0) / 1e8, Double(times.server ?? 0) / 1e8)
    }

    @Test func `takes one round trip for the client and half another for the server`() throws {
        let fast = try roundTrips(paddingDatagrams: 2)
        #expect(fast == (1.0, 1.5))
        let slow = try roundTrips(paddingDatagrams: 0)
        #expect(slow.client == 2.0, "three times the ClientHello does not hold the server's chain")
        print("round trips, client and server: \(fast) with two datagrams of padding, \(slow) without")
    }

    @Test func `stays within three times what the client sent`() throws {
        let (network, connection) = try network(paddingDatagrams: 2)
        var sent = (client: 0, server: 0)
        network.conditions.drops = { _, toServer, bytes in
            if toServer { sent.client += bytes.count } else { sent.server += bytes.count }
            return false
        }
        #expect(network.run(seconds: 1) { connection.isHandshakeComplete })
        #expect(sent.server <= 3 * sent.client)
        #expect(sent.client < 4 * 1200 + 1200 * 9)
    }
}
