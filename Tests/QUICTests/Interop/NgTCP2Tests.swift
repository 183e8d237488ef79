import Canonical
import Crypto
import Foundation
import TLS
import Testing

@testable import QUIC

/// Debian's ngtcp2 0.12 programs, which speak HTTP/3 and nothing else. Their version 2 is a draft with another number.
enum NgTCP2 {
    static let client = ProgramPeer.path(of: "gtlsclient")
    static let server = ProgramPeer.path(of: "gtlsserver")
    static let isInstalled = client != nil && server != nil && PythonPeer.isInstalled

    static func configuration() -> TLSConfiguration {
        var tls = TLSConfiguration()
        tls.applicationProtocols = [Array("h3".utf8)]
        tls.groups = [.x25519]
        return tls
    }
}

@Suite(
    .serialized, .ownThread, .enabled(if: NgTCP2.isInstalled, "skipped: gtlsclient and gtlsserver are not installed"))
struct `A server against gtlsclient` {
    let folder: TemporaryFolder
    let body = (0..<50_000).map { PatternSender.byte($0) }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func server(_ change: (inout ServerConfiguration) -> Void = { _ in }) throws -> UDPPump {
        var configuration = ServerConfiguration(tls: NgTCP2.configuration())
        configuration.tls.signer = try PythonPeer.makeSigner()
        change(&configuration)
        let pump = try UDPPump(EndpointConfiguration(server: configuration), seed: 72)
        var left: [StreamID: [UInt8]] = [:]
        func push(_ connection: Connection, _ id: StreamID) throws {
            guard let bytes = left[id] else { return }
            let accepted = try connection.write(id, bytes, finish: true)
            left[id] = accepted == bytes.count ? nil : Array(bytes[accepted...])
        }
        pump.onEvent = { connection, event in
            switch event {
            case .handshakeCompleted:
                if let id = try connection.openStream(.unidirectional) {
                    _ = try connection.write(id, MinimalHTTP3.control)
                }
            case .streamReadable(let id):
                let (_, isFinished) = try connection.read(id, maximum: .max)
                guard isFinished, id.direction == .bidirectional else { return }
                left[id] = MinimalHTTP3.response(self.body)
                try push(connection, id)
            case .streamWritable(let id): try push(connection, id)
            default: break
            }
        }
        return pump
    }

    /// Lets the program fetch files, and compares what it saved.
    private func fetch(_ pump: UDPPump, _ options: [String], count: Int = 1) throws -> String {
        pump.connections = []
        let downloads = folder.url.appendingPathComponent("got-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: downloads, withIntermediateDirectories: true)
        let files = (0..<count).map { "https://test.example/file\($0)" }
        let peer = try ProgramPeer(
            try #require(NgTCP2.client),
            [
                "--no-quic-dump", "--no-http-dump", "--exit-on-all-streams-close", "--timeout=5s",
                "--download=\(downloads.path)",
            ] + options + ["::1", "\(pump.port)"] + files, in: folder.url)
        _ = try pump.run(seconds: 20) { !peer.isRunning }
        for index in 0..<count {
            let got = try? Data(contentsOf: downloads.appendingPathComponent("file\(index)"))
            #expect(got.map { Array($0) } == body, "\(peer.output.suffix(2000))")
        }
        return peer.output
    }

    @Test(arguments: [
        [], ["--ciphers=NORMAL:-VERS-ALL:+VERS-TLS1.3:-CIPHER-ALL:+CHACHA20-POLY1305"],
        ["--tx-loss=0.05", "--rx-loss=0.05"], ["--key-update=1ms"], ["--scid="],
    ])
    func `answers`(options: [String]) throws {
        let pump = try server()
        _ = try fetch(pump, options)
        if options == ["--key-update=1ms"] { #expect(pump.connections.last?.statistics.keyUpdates == 1) }
    }

    @Test func `carries fifty streams`() throws {
        _ = try fetch(server(), [], count: 50)
    }

    @Test func `asks for a proof of the address`() throws {
        let pump = try server { $0.unfinishedHandshakesBeforeRetry = 0 }
        _ = try fetch(pump, [])
        #expect(pump.connections.last?.retrySource != nil)
    }

    @Test(arguments: [["--change-local-addr=1ms"], ["--change-local-addr=1ms", "--nat-rebinding"]])
    func `follows a client that comes from another port`(options: [String]) throws {
        let pump = try server()
        pump.delayNanoseconds = 5_000_000
        _ = try fetch(pump, options + ["--delay-stream=50ms"])
        #expect(pump.connections.last?.statistics.pathChanges ?? 0 >= 1)
    }

    enum Trouble: CaseIterable { case corruption, longRoundTrip, blackHole, longChain }

    @Test(arguments: Trouble.allCases)
    func `answers in spite of`(trouble: Trouble) throws {
        let pump = try server {
            guard trouble == .longChain, let signer = $0.tls.signer as? TestSigner else { return }
            let chain = [[UInt8]](repeating: signer.certificateChain[0], count: 12)
            $0.tls.signer = TestSigner(key: signer.key, chain: chain)
        }
        switch trouble {
        case .corruption: pump.corruption = 30
        case .longRoundTrip: pump.delayNanoseconds = 150_000_000
        case .blackHole: pump.blackHolesAtBytes = [3000]
        case .longChain: break
        }
        _ = try fetch(pump, [])
        if trouble == .longChain { #expect(pump.worstAmplification > 2 && pump.worstAmplification <= 3) }
        if trouble == .blackHole { #expect(pump.dropped > 0) }
    }

    @Test func `reads and reports marks of congestion`() throws {
        let pump = try server()
        _ = try fetch(pump, [])
        let connection = try #require(pump.connections.last)
        #expect(pump.marksReceived[Int(ECNCodepoint.capable0.rawValue)] > 0, "the client's marks")
        #expect(connection.path.ecn == .capable, "the client counts ours")
        #expect(connection.dataSpace.ecn.capable0 > 0 && connection.dataSpace.ecn.congestionExperienced == 0)
    }

    @Test func `slows down for marks of congestion`() throws {
        let pump = try server()
        pump.congestion = 300
        _ = try fetch(pump, [])
        let connection = try #require(pump.connections.last)
        #expect(connection.path.ecn == .capable)
        #expect(connection.statistics.congestionEvents > 0)
        #expect(connection.statistics.packetsLost == 0)
    }

    @Test func `stops marking where marks are cleared`() throws {
        let pump = try server()
        pump.clearsMarks = true
        _ = try fetch(pump, [])
        #expect(pump.connections.last?.path.ecn == .failed)
    }

    @Test(arguments: [false, true])
    func `resumes, and takes early data`(isEarly: Bool) throws {
        // The program offers early data whenever its ticket allows it.
        let resumption = try ServerResumption(
            secret: [UInt8](repeating: 4, count: 32), earlyDataByteCountMax: isEarly ? 1 : 0)
        resumption.warm()
        let pump = try server { $0.tls.resumption = resumption }
        let files = ["--session-file=session", "--tp-file=parameters"]
        _ = try fetch(pump, files)
        let output = try fetch(pump, files)
        let isResumed = pump.connections.last?.tls.isResumed
        #expect(isResumed == true, "\(output.suffix(1500))")
        #expect(pump.connections.last?.tls.isEarlyDataAccepted == isEarly)
    }
}

@Suite(
    .serialized, .ownThread, .enabled(if: NgTCP2.isInstalled, "skipped: gtlsclient and gtlsserver are not installed"))
struct `A client against gtlsserver` {
    let folder: TemporaryFolder
    let body = (0..<50_000).map { PatternSender.byte($0) }

    init() throws {
        folder = try TemporaryFolder()
        let signer = try PythonPeer.makeSigner()
        let key = folder.url.appendingPathComponent("key.pem")
        try signer.key.pemRepresentation.write(to: key, atomically: true, encoding: .utf8)
        let certificate = Data(signer.certificateChain[0]).base64EncodedString(options: .lineLength64Characters)
        try "-----BEGIN CERTIFICATE-----\n\(certificate)\n-----END CERTIFICATE-----\n".write(
            to: folder.url.appendingPathComponent("certificate.pem"), atomically: true, encoding: .utf8)
        try Data(body).write(to: folder.url.appendingPathComponent("file"))
    }

    private func start(_ options: [String] = []) throws -> (UDPPump, ProgramPeer, UInt16) {
        let probe = try UDPPump(EndpointConfiguration(), seed: 1)
        let port = probe.port
        try probe.rebind()
        let peer = try ProgramPeer(
            try #require(NgTCP2.server),
            ["--no-quic-dump", "--no-http-dump", "-d", folder.url.path] + options
                + ["::1", "\(port)", "key.pem", "certificate.pem"], in: folder.url)
        return (try UDPPump(EndpointConfiguration(), seed: 73), peer, port)
    }

    private func connect(
        _ pump: UDPPump, _ port: UInt16, _ change: (inout ClientConfiguration) -> Void = { _ in }
    ) throws -> Connection {
        var configuration = ClientConfiguration(tls: NgTCP2.configuration())
        configuration.tls.verifier = TestVerifier()
        configuration.tls.acceptsTickets = true
        configuration.transport.handshakeTimeoutNanoseconds = 20_000_000_000
        change(&configuration)
        let connection = try pump.endpoint.connect(
            to: .loopback(port: port), configuration: configuration, serverName: "test.example", now: pump.now)
        pump.connections.append(connection)
        return connection
    }

    private func fetch(_ pump: UDPPump, _ connection: Connection, _ peer: ProgramPeer) throws {
        let control = try #require(try connection.openStream(.unidirectional))
        _ = try connection.write(control, MinimalHTTP3.control)
        let id = try #require(try connection.openStream(.bidirectional))
        _ = try connection.write(id, MinimalHTTP3.request(path: "/file", authority: "test.example"), finish: true)
        var received: [UInt8] = []
        var isDone = false
        pump.onEvent = { connection, event in
            guard case .streamReadable(let readable) = event else { return }
            let (bytes, isFinished) = try connection.read(readable, maximum: .max)
            guard readable == id else { return }
            received += bytes
            isDone = isDone || isFinished
        }
        #expect(try pump.run(seconds: 20) { isDone || connection.isClosed })
        let isEqual = MinimalHTTP3.body(of: received) == body
        #expect(isEqual, "\(peer.output.suffix(2000))")
    }

    @Test(arguments: [[], ["--validate-addr"], ["--tx-loss=0.05", "--rx-loss=0.05"]])
    func `fetches a file`(options: [String]) throws {
        let (pump, peer, port) = try start(options)
        let connection = try connect(pump, port)
        #expect(try pump.run(seconds: 20) { connection.isHandshakeConfirmed })
        try fetch(pump, connection, peer)
        #expect((connection.retrySource != nil) == options.contains("--validate-addr"))
    }

    @Test(arguments: [`A server against gtlsclient`.Trouble.corruption, .longRoundTrip, .blackHole])
    func `fetches a file in spite of`(trouble: `A server against gtlsclient`.Trouble) throws {
        let (pump, peer, port) = try start()
        switch trouble {
        case .corruption: pump.corruption = 30
        case .longRoundTrip: pump.delayNanoseconds = 150_000_000
        default: pump.blackHolesAtBytes = [3000, 30_000]
        }
        let connection = try connect(pump, port)
        #expect(try pump.run(seconds: 20) { connection.isHandshakeConfirmed })
        try fetch(pump, connection, peer)
    }

    enum Marks: CaseIterable { case kept, congestion, cleared }

    @Test(arguments: Marks.allCases)
    func `fetches a file over a path whose marks are`(marks: Marks) throws {
        let (pump, peer, port) = try start()
        pump.clearsMarks = marks == .cleared
        pump.congestion = marks == .congestion ? 300 : 0
        let connection = try connect(pump, port)
        #expect(try pump.run(seconds: 20) { connection.isHandshakeConfirmed })
        try fetch(pump, connection, peer)
        #expect(pump.marksReceived[Int(ECNCodepoint.capable0.rawValue)] > 0, "the server's marks")
        #expect(connection.path.ecn == (marks == .cleared ? .failed : .capable))
        let counts = connection.dataSpace.ecn
        #expect((counts.capable0 > 0) == (marks != .cleared))
        #expect((counts.congestionExperienced > 0) == (marks == .congestion))
    }

    /// The server knows version 1 and a draft of version 2, and says nothing of versions within the handshake.
    @Test func `goes on in version 1 when the server knows no other`() throws {
        let (pump, peer, port) = try start()
        let connection = try connect(pump, port) { $0.transport.versions = [.two, .one] }
        #expect(try pump.run(seconds: 20) { connection.isHandshakeConfirmed })
        #expect(connection.hasRestarted && connection.version == .one)
        try fetch(pump, connection, peer)
    }

    @Test func `moves to its preferred address`() throws {
        let probe = try UDPPump(EndpointConfiguration(), seed: 2)
        let other = probe.port
        try probe.rebind()
        let (pump, peer, port) = try start(["--preferred-ipv6-addr=[::1]:\(other)"])
        let connection = try connect(pump, port)
        #expect(try pump.run(seconds: 10) { connection.isHandshakeConfirmed })
        try fetch(pump, connection, peer)
        #expect(try pump.run(seconds: 5) { pump.events.contains(.pathChanged(.loopback(port: other))) })
        #expect(connection.remoteAddress == .loopback(port: other))
    }

    @Test(arguments: [false, true])
    func `resumes, and sends early data`(isEarly: Bool) throws {
        let (pump, peer, port) = try start()
        let first = try connect(pump, port)
        #expect(try pump.run(seconds: 10) { first.isHandshakeConfirmed })
        try fetch(pump, first, peer)
        var tickets: [SessionTicket] = []
        for case .ticketReceived(let ticket) in pump.events { tickets.append(ticket) }
        let ticket = try #require(tickets.last)
        let second = try connect(pump, port) {
            $0.tls.session = ticket
            $0.tls.sendsEarlyData = isEarly
        }
        if !isEarly { #expect(try pump.run(seconds: 10) { second.isHandshakeConfirmed }) }
        try fetch(pump, second, peer)
        let isResumed = second.tls.isResumed
        #expect(isResumed)
        #expect(pump.events.contains(.earlyDataAccepted(true)) == isEarly)
    }

    @Test(arguments: [false, true])
    func `goes on from another port after a key update`(deliberately: Bool) throws {
        let (pump, peer, port) = try start()
        let connection = try connect(pump, port)
        #expect(try pump.run(seconds: 10) { connection.isHandshakeConfirmed })
        connection.ping()
        _ = try pump.run(seconds: 1) { connection.isPhaseAcknowledged }
        try connection.updateKeys()
        try pump.rebind()
        if deliberately { try connection.migrate(now: pump.now) }
        try fetch(pump, connection, peer)
        #expect(connection.statistics.keyUpdates == 1)
    }
}
