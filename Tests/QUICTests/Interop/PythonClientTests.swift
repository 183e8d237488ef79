import Canonical
import TLS
import Testing

@testable import QUIC

/// A client of ours against servers in Python: the cases of the QUIC interop runner that these servers can do. ECN is
/// not among them, as neither marks packets; `NgTCP2Tests` has it.
@Suite(.serialized, .ownThread, .enabled(if: PythonPeer.isInstalled, "skipped: aioquic is not in .venv"))
struct `A client against Python servers` {
    enum Library: String, CaseIterable, Sendable {
        case aioquic, qh3

        var isInstalled: Bool { self == .aioquic || PythonPeer.hasQH3 }
        /// The best group that it has.
        var groups: [NamedGroup] { self == .aioquic ? [.x25519] : [.x25519MLKEM768] }
    }

    private func configuration(_ library: Library) -> ClientConfiguration {
        var configuration = ClientConfiguration(tls: TestTLS.client())
        configuration.tls.groups = library.groups
        configuration.tls.acceptsTickets = true
        return configuration
    }

    /// Starts a server and a socket of ours; nil, with a note, where the library is missing.
    private func start(_ library: Library, _ options: [String] = []) throws -> (
        pump: UDPPump, peer: PythonPeer, port: UInt16
    )? {
        guard library.isInstalled else {
            print("skipped: \(library) is not in .venv")
            return nil
        }
        let peer = try PythonPeer(["server"] + options, library: library.rawValue)
        let port = try #require(UInt16(peer.readLine()))
        return (try UDPPump(EndpointConfiguration(), seed: 70), peer, port)
    }

    private func connect(_ pump: UDPPump, _ port: UInt16, _ configuration: ClientConfiguration) throws -> Connection {
        let connection = try pump.endpoint.connect(
            to: .loopback(port: port), configuration: configuration, serverName: "test.example", now: pump.now)
        pump.connections.append(connection)
        return connection
    }

    /// Exchanges data, and calls `during` when a part has come.
    private func exchange(
        _ pump: UDPPump, _ connection: Connection, count: Int = 1, size: Int = 20_000, seconds: UInt64 = 20
    ) throws {
        let exchange = Exchange(count: count, size: size)
        pump.onEvent = { connection, event in try exchange.handle(connection, event) }
        try exchange.start(connection)
        #expect(try pump.run(seconds: seconds) { exchange.isDone || connection.isClosed })
        #expect(exchange.good == count)
    }

    @Test(arguments: Library.allCases, [[], ["retry"], ["chacha"], ["long-chain"]])
    func `exchanges data`(library: Library, options: [String]) throws {
        guard let (pump, peer, port) = try start(library, options) else { return }
        defer { peer.stop() }
        let connection = try connect(pump, port, configuration(library))
        #expect(try pump.run(seconds: 10) { connection.isHandshakeConfirmed })
        try exchange(pump, connection, count: 3)
        #expect((connection.retrySource != nil) == options.contains("retry"))
        if options.contains("chacha") { #expect(connection.tls.cipherSuite == .chacha20Poly1305SHA256) }
        #expect(connection.tls.group == library.groups[0])
    }

    @Test(arguments: Library.allCases)
    func `carries two hundred streams`(library: Library) throws {
        guard let (pump, peer, port) = try start(library) else { return }
        defer { peer.stop() }
        let connection = try connect(pump, port, configuration(library))
        #expect(try pump.run(seconds: 10) { connection.isHandshakeConfirmed })
        try exchange(pump, connection, count: 200, size: 100)
    }

    enum Trouble: CaseIterable { case loss, corruption, blackHole, longRoundTrip }

    @Test(arguments: Library.allCases, Trouble.allCases)
    func `exchanges data in spite of`(library: Library, trouble: Trouble) throws {
        guard let (pump, peer, port) = try start(library) else { return }
        defer { peer.stop() }
        switch trouble {
        case .loss: pump.loss = 50
        case .corruption: pump.corruption = 50
        case .blackHole: break
        case .longRoundTrip: pump.delayNanoseconds = 150_000_000
        }
        let connection = try connect(pump, port, configuration(library))
        #expect(try pump.run(seconds: 20) { connection.isHandshakeConfirmed || connection.isClosed })
        if trouble == .blackHole {
            connection.ping()
            let end = pump.now.advanced(byMilliseconds: 700)
            pump.isBlackHole = true
            _ = try pump.run(seconds: 2) { pump.now >= end }
            pump.isBlackHole = false
        }
        try exchange(pump, connection, size: 60_000)
    }

    @Test(arguments: Library.allCases, [false, true])
    func `goes on from another port`(library: Library, deliberately: Bool) throws {
        guard let (pump, peer, port) = try start(library) else { return }
        defer { peer.stop() }
        let connection = try connect(pump, port, configuration(library))
        #expect(try pump.run(seconds: 10) { connection.isHandshakeConfirmed })
        try exchange(pump, connection)
        try pump.rebind()
        if deliberately { try connection.migrate(now: pump.now) }
        try exchange(pump, connection)
        if deliberately { #expect(pump.events.contains(.pathChanged(.loopback(port: port)))) }
    }

    @Test(arguments: Library.allCases)
    func `updates keys and changes connection IDs`(library: Library) throws {
        guard let (pump, peer, port) = try start(library) else { return }
        defer { peer.stop() }
        let connection = try connect(pump, port, configuration(library))
        #expect(try pump.run(seconds: 10) { connection.isHandshakeConfirmed })
        try exchange(pump, connection)
        try connection.updateKeys()
        try exchange(pump, connection)
        let id = connection.remoteIDs.current.id
        try connection.rotateConnectionIDs()
        try exchange(pump, connection)
        #expect(connection.remoteIDs.current.id != id)
        #expect(connection.statistics.keyUpdates == 1)
    }

    @Test(arguments: Library.allCases, [false, true])
    func `resumes, and sends early data`(library: Library, isEarly: Bool) throws {
        guard let (pump, peer, port) = try start(library, ["stay"]) else { return }
        defer { peer.stop() }
        var own = configuration(library)
        let first = try connect(pump, port, own)
        #expect(try pump.run(seconds: 10) { first.isHandshakeConfirmed })
        try exchange(pump, first)
        var tickets: [SessionTicket] = []
        for case .ticketReceived(let ticket) in pump.events { tickets.append(ticket) }
        own.tls.session = try #require(tickets.last)
        own.tls.sendsEarlyData = isEarly
        let second = try connect(pump, port, own)
        #expect(second.isSendingEarlyData == isEarly)
        if !isEarly { #expect(try pump.run(seconds: 10) { second.isHandshakeConfirmed }) }
        try exchange(pump, second, size: 5000)
        let isResumed = second.tls.isResumed
        #expect(isResumed)
        #expect(pump.events.contains(.earlyDataAccepted(true)) == isEarly)
    }

    @Test(arguments: Library.allCases)
    func `goes on in version 1 when the server knows no other`(library: Library) throws {
        guard let (pump, peer, port) = try start(library, ["v1"]) else { return }
        defer { peer.stop() }
        var own = configuration(library)
        own.transport.versions = [.two, .one]
        let connection = try connect(pump, port, own)
        #expect(try pump.run(seconds: 10) { connection.isHandshakeConfirmed })
        try exchange(pump, connection)
        #expect(connection.hasRestarted && connection.version == .one)
    }

    @Test func `speaks version 2`() throws {
        guard let (pump, peer, port) = try start(.aioquic) else { return }
        defer { peer.stop() }
        var own = configuration(.aioquic)
        own.transport.versions = [.two]
        let connection = try connect(pump, port, own)
        #expect(try pump.run(seconds: 10) { connection.isHandshakeConfirmed })
        try exchange(pump, connection)
        #expect(connection.version == .two)
        #expect(connection.originalVersion == .two)
    }
}
