import Canonical
import TLS
import Testing

@testable import QUIC

@Suite struct `A resumed connection` {
    let resumption: ServerResumption

    init() throws {
        resumption = try ServerResumption(secret: [UInt8](repeating: 6, count: 32), earlyDataByteCountMax: 1)
    }

    private func server(_ change: (inout ServerConfiguration) -> Void = { _ in }) -> ServerConfiguration {
        var configuration = ServerConfiguration(tls: TestTLS.server(padding: 2000))
        configuration.tls.resumption = resumption
        change(&configuration)
        return configuration
    }

    private func client(_ session: SessionTicket? = nil, early: Bool = false) -> ClientConfiguration {
        var configuration = ClientConfiguration(tls: TestTLS.client())
        configuration.tls.acceptsTickets = true
        configuration.tls.session = session
        configuration.tls.sendsEarlyData = early
        return configuration
    }

    /// A network on which one connection was made; the guard against replays has seen a while pass.
    private func prepared(
        seed: UInt64, versions: [QUICVersion] = [.one, .two], _ change: (inout ServerConfiguration) -> Void = { _ in }
    ) throws -> (SimulatedNetwork, SessionTicket) {
        let others = QUICVersion.allCases.filter { !versions.contains($0) }
        let network = try SimulatedNetwork(
            seed: seed,
            server: server {
                $0.transport.versions = versions + others
                change(&$0)
            })
        var own = client()
        own.transport.versions = versions
        try network.connect(own)
        try #require(try network.establish())
        network.run(seconds: 1)
        let first = try #require(ticket(of: network))
        // The first 0-RTT data is refused: a server that starts may have forgotten what it took before.
        try network.connect(client(first, early: true))
        network.run(seconds: 45)
        return (network, try #require(ticket(of: network)))
    }

    private func ticket(of network: SimulatedNetwork) -> SessionTicket? {
        var last: SessionTicket?
        for case .ticketReceived(let ticket) in network.client.events { last = ticket }
        network.client.events = []
        network.server.events = []
        return last
    }

    /// Connects with data in the first flight, and runs until the server has it.
    private func send(
        _ count: Int, on network: SimulatedNetwork, _ ticket: SessionTicket, _ configuration: ClientConfiguration? = nil
    ) throws -> (connection: Connection, receiver: PatternReceiver, arrival: UInt64) {
        let receiver = PatternReceiver()
        let sender = PatternSender()
        network.server.onEvent = { connection, event in
            if case .streamReadable(let id) = event { try receiver.read(connection, id) }
        }
        network.client.onEvent = { connection, event in
            if case .streamWritable(let id) = event { try sender.push(connection, id) }
        }
        let start = network.now
        let connection = try network.connect(configuration ?? client(ticket, early: true))
        let id = try #require(try connection.openStream(.unidirectional))
        try sender.start(connection, id, total: count)
        var arrival: UInt64 = 0
        #expect(
            network.run(seconds: 60) {
                if arrival == 0, receiver.total > 0 { arrival = network.now - start }
                return receiver.finished.contains(id) && connection.isHandshakeConfirmed
            })
        #expect(receiver.total == count && receiver.mismatches == 0)
        #expect(network.failure == nil)
        return (connection, receiver, arrival)
    }

    @Test func `needs no certificates`() throws {
        let (network, ticket) = try prepared(seed: 500)
        let before = network.server.sentBytes
        let connection = try network.connect(client(ticket))
        #expect(network.run(seconds: 5) { connection.isHandshakeConfirmed })
        let isResumed = connection.tls.isResumed
        #expect(isResumed)
        #expect(connection.peerCertificateChain.first?.count ?? 0 > 2000)
        #expect(network.server.sentBytes - before < 5000)
    }

    @Test(arguments: [QUICVersion.one, .two], [1000, 9000])
    func `carries data in its first flight`(version: QUICVersion, count: Int) throws {
        let (network, ticket) = try prepared(seed: 501, versions: [version])
        let (connection, _, arrival) = try send(count, on: network, ticket)
        #expect(network.client.events.contains(.earlyDataAccepted(true)))
        #expect(network.server.events.contains(.earlyDataAccepted(true)))
        #expect(arrival == 10_000_000, "one way through the network")
        #expect(connection.version == version)
        #expect(connection.statistics.streamBytesRetransmitted == 0)
    }

    @Test(arguments: UInt64(510)..<520)
    func `carries early data whole at loss and reordering`(seed: UInt64) throws {
        let (network, ticket) = try prepared(seed: seed)
        network.conditions.loss = 100
        network.conditions.reordering = 200
        _ = try send(300_000, on: network, ticket)
    }

    @Test func `sends early data again when it was refused`() throws {
        let (network, ticket) = try prepared(seed: 503)
        // The server comes back with lower limits: what the data relied on has changed.
        network.server.endpoint = try Endpoint(
            configuration: EndpointConfiguration(
                server: server {
                    $0.transport.streamReceiveWindow = 5000
                    $0.transport.streamReceiveWindowMaximum = 5000
                    $0.transport.connectionReceiveWindow = 5000
                    $0.transport.connectionReceiveWindowMaximum = 5000
                }), random: SplitMix64(seed: 9))
        network.server.connections = []
        let (_, _, arrival) = try send(9000, on: network, ticket)
        #expect(network.client.events.contains(.earlyDataAccepted(false)))
        #expect(arrival > 10_000_000)
    }

    @Test func `sends early data again when the ticket is not known`() throws {
        let (network, ticket) = try prepared(seed: 504)
        var other = ServerConfiguration(tls: TestTLS.server())
        other.tls.resumption = try ServerResumption(secret: [UInt8](repeating: 7, count: 32))
        network.server.endpoint = try Endpoint(
            configuration: EndpointConfiguration(server: other), random: SplitMix64(seed: 9))
        network.server.connections = []
        let (connection, _, _) = try send(9000, on: network, ticket)
        let isResumed = connection.tls.isResumed
        #expect(!isResumed)
    }

    @Test func `survives a Retry with early data under way`() throws {
        let (network, ticket) = try prepared(seed: 505) { $0.unfinishedHandshakesBeforeRetry = 0 }
        let (connection, _, arrival) = try send(3000, on: network, ticket)
        #expect(connection.retrySource != nil)
        #expect(arrival == 30_000_000, "with the first packets after the Retry, three ways through the network")
    }

    @Test func `begins anew without early data where the version of its ticket is gone`() throws {
        let (network, ticket) = try prepared(seed: 508, versions: [.two])
        network.server.endpoint = try Endpoint(
            configuration: EndpointConfiguration(server: server { $0.transport.versions = [.one] }),
            random: SplitMix64(seed: 9))
        network.server.connections = []
        let (connection, _, _) = try send(9000, on: network, ticket)
        #expect(connection.hasRestarted && connection.version == .one)
        #expect(network.client.events.contains(.earlyDataAccepted(false)))
        let isResumed = connection.isResumed
        #expect(!isResumed)
    }

    @Test func `begins with the version of its ticket`() throws {
        let (network, ticket) = try prepared(seed: 506, versions: [.two])
        var configuration = client(ticket)
        configuration.transport.versions = [.one, .two]
        #expect(try network.connect(configuration).version == .two)
        configuration.transport.versions = [.one]
        let connection = try network.connect(configuration)
        #expect(connection.version == .one)
        #expect(network.run(seconds: 5) { connection.isHandshakeConfirmed })
        let isResumed = connection.tls.isResumed
        #expect(!isResumed)
    }

    @Test(arguments: ["0200000000", "06000101", "1e", "070101", "1b0011223344556677", "1900", "80484d100100"])
    func `may not carry this frame in its first flight`(frame: String) throws {
        let (network, ticket) = try prepared(seed: 507)
        let connection = try network.connect(client(ticket, early: true))
        network.pump(network.client)
        network.run(seconds: 1) { network.server.connections.last?.earlyReceiveKeys != nil }
        #expect(connection.isSendingEarlyData)
        network.inject(hex(frame), from: network.client)
        network.run(seconds: 2)
        guard case .violation(let code, _) = network.server.closeReason else {
            Issue.record("not closed: \(String(describing: network.server.closeReason))")
            return
        }
        #expect(code == .protocolViolation || (frame == "070101" && code == .frameEncodingError))
    }
}
